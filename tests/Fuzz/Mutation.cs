using System.Text;

namespace Modular.Fuzz;

/// <summary>A simple fuzzer: it changes files of the corpus at random, from a seed, without coverage.</summary>
public static class Mutation
{
    const int LongestInput = 4096;

    // Texts that random bytes would almost never contain.
    static readonly byte[][] Words = [.. new[]
    {
        "<", ">", "<int:n>", "<path:p>", "<float(max=1.5):f>", "<any(a, 'b'):x>", "<uuid:u>", "(", ")", ":", "length=", "99999999999999999999", "9999999999", "minlength=", "signed=True", "fixed_digits=", "-1", "//", "/", "..",
        "%2F", "%", "%FF", "\\303", "\\", "\"", ";", "=", "&", "+", "--B", "\r\n", "\n", "boundary=B", "Content-Disposition: form-data; name=\"a\"", "filename*=utf-8''",
        "*0*=", "charset=", ", ", "for=", ";proto=https", ";host=", "10.0.0.2", "1.1.1.1", "[::1]", "unknown", "//evil.test", "\\", "ü", "😀", "٤", "\0", "\uFFFD",
        "{{ ", " }}", "{% ", " %}", "{#", "#}", "|", " is ", " not ", " in ", "{% for x in seq recursive %}", "{% endfor %}", "{% if x %}", "{% else %}", "{% endif %}", "{% macro m(a, b=1) %}", "{% endmacro %}",
        "{{ m(", "{% set x = ", "{% block a %}", "{% endblock %}", "{{ loop(", "**", "[::-1]", "[", "]", "{'a': ", "}", "'%s'|format(", "|map('", "|sort", "{% call m() %}", "{% endcall %}", "{% trans %}", "{% endtrans %}", "%%", "##", "self.", "super()",
    }.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Tests the target's corpus, and then a number of changes of it.</summary>
    /// <exception cref="InvalidOperationException">The target threw; the message has the input in base64, the seed and the cause.</exception>
    public static void Run(string name, int iterations, int seed)
    {
        var target = Targets.All[name];
        var corpus = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus", name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToArray();
        var random = new Random(seed);
        for (var i = -corpus.Length; i < iterations; i++)
        {
            var input = i < 0 ? corpus[i + corpus.Length] : Change(corpus, random);
            try
            {
                target(input);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException(
                    $"The target \"{name}\" failed with the seed {seed}. Try it again with: base64 -d <<< {Convert.ToBase64String(input)} | dotnet run --project tests/Fuzz -- {name}",
                    error);
            }
        }
    }

    static byte[] Change(byte[][] corpus, Random random)
    {
        var input = new List<byte>(corpus[random.Next(corpus.Length)]);
        for (var changes = random.Next(1, 9); changes > 0; changes--)
        {
            var at = random.Next(input.Count + 1);
            var rest = Math.Min(random.Next(1, 17), input.Count - at);
            switch (random.Next(7))
            {
                case 0 when at < input.Count: input[at] ^= (byte)(1 << random.Next(8)); break;
                case 1 when at < input.Count: input[at] = (byte)random.Next(256); break;
                case 2: input.RemoveRange(at, rest); break;
                case 3: input.InsertRange(at, input.GetRange(at, rest)); break;
                case 4: input.InsertRange(at, Words[random.Next(Words.Length)]); break;
                case 5: input.InsertRange(at, Enumerable.Repeat(Words[random.Next(Words.Length)], random.Next(1, 200)).SelectMany(word => word)); break;
                default: input = [.. input[..at], .. Tail(corpus[random.Next(corpus.Length)], random)]; break;
            }
        }
        return [.. input.Take(LongestInput)];
    }

    static byte[] Tail(byte[] other, Random random) => other[random.Next(other.Length + 1)..];
}
