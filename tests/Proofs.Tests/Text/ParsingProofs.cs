using System.Text;
using Modular.Uploads;
using Modular.Uploads.Tests;

namespace Modular.Proofs.Text;

/// <summary>For any input, readers return a result, with memory that grows only with the size of the input.</summary>
public sealed class ParsingProofs
{
    const int BytesPerChar = 220;
    const int BytesPerWish = 400;       // an item of two characters is parsed, ranked and kept
    const int BytesAlways = 2048;

    static Gen<string> Noise(params string[] pieces) => Gen.OneOf(
        Pick.Of(pieces).Array[0, 40].Select(string.Concat),
        // A repeated piece is slow in a quadratic reader.
        Gen.Select(Pick.Of(pieces), Pick.Of(pieces), Gen.Int[0, 2000], (one, other, times) => string.Concat(Enumerable.Repeat(one + other, times))),
        Gen.String);

    static readonly Gen<string> Queries = Noise("a", "b=", "=", "&", "&&", "%", "%2", "%C3", "%FF", "%00", "+", "ü", "\uD800", "x=1&", ";");

    static readonly Gen<string> Cookies = Noise("a", "b=", "=", ";", "; ", "\"", "\\", "\\3", "\\303", "\\\"", "=\"", ",", "ü", "\uD800", " ", "x=1;");

    [Fact]
    public void A_query_of_any_shape_is_read_in_linear_memory() =>
        Proof.Holds(Queries, text => AssertLinear(text, () => QueryString.Parse(text)));

    [Fact]
    public void A_cookie_header_of_any_shape_is_read_in_linear_memory() =>
        Proof.Holds(Cookies, text => AssertLinear(text, () => RequestCookies.Parse(text)));

    [Fact]
    public void A_form_of_any_shape_is_read_in_linear_memory() => Proof.Holds(
        Noise("--B\r\n", "--B--", "--B", "\r\n", "\n", "\r\n\r\n", "Content-Disposition: form-data; name=\"a\"", "; filename=x", "a", "--", "\t",
            "name*0=a;", "charset=utf-8", "Content-Type: text/plain;", "%FF", "ü"),
        text => AssertLinear(text, () =>
            FormFields.Read(Encoding.UTF8.GetBytes("--B\r\n" + text), "B")));

    [Fact]
    public void A_header_with_options_of_any_shape_is_read_in_linear_memory() => Proof.Holds(
        Noise("a*0=x;", "a*1=y;", "a*0*=utf-8''%41;", $"a*0*={new string('X', 2000)}''y;", "a*1*=%42;", "a=", "\"", "\\", "\\\"", ";", "; ", "=", "%22", "ü", "\uD800", "q=0.5;", "b=1;"),
        text =>
        {
            AssertLinear(text, () => MediaType.Parameters("a/b;" + text));
            AssertLinear(text, () => PartHeaderOptions.Parse("a;" + text));
        });

    [Fact]
    public void A_list_of_any_shape_is_read_in_linear_memory() => Proof.Holds(
        Noise("a", "a/b", ",", ";", ";q=0.5", ";q=2", ";x=1", ";x*0=y", "\"", "\\", "\\\"", "W/\"", "*", " ", "=", "ü", "\uD800"),
        text =>
        {
            AssertLinear(text, () => AcceptHeader.OfTypes(text), BytesPerWish);
            AssertLinear(text, () => AcceptHeader.OfLanguages(text), BytesPerWish);
        });

    [Fact]
    public void A_media_range_with_many_parameters_is_read_in_linear_memory()
    {
        var text = string.Concat("a/b", string.Concat(Enumerable.Range(0, 5000).Select(i => $";p{i}=1")));

        AssertLinear(text, () => AcceptHeader.OfTypes(text));
    }

    [Fact]
    public void A_multipart_form_is_read_as_its_original_parts() => Proof.Holds(
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 0, 5], Noise("--B", "--B--", "-", "\r", "\n", "\r\n", "x", "ü", "--")).Array[0, 9],
        parts =>
        {
            // A value that holds the delimiter at the start of a line would end there.
            var fields = parts.Select(part => KeyValuePair.Create(part.Item1, part.Item2.Replace("--B", "--C", StringComparison.Ordinal))).Where(field => !field.Value.Contains('\uFFFD') && !field.Value.Any(char.IsSurrogate)).ToArray();
            var body = $"{string.Concat(fields.Select(field => $"--B\r\nContent-Disposition: form-data; name=\"{field.Key}\"\r\n\r\n{field.Value}\r\n"))}--B--";

            var form = FormFields.Read(Encoding.UTF8.GetBytes(body), "B");

            Assert.Equal(fields, form.Pairs);
        });

    [Fact]
    public void A_dictionary_agrees_with_a_list_of_pairs() => Proof.Holds(
        Gen.Select(Pick.Of("a", "b", "A", "", "ü", "c", "d", "e", "f", "g"), Gen.String[0, 2]).Array[0, 30],
        pairs =>
        {
            var all = pairs.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)).ToArray();
            var dictionary = new MultiDict(all);

            Assert.Equal(all, dictionary.Pairs);
            Assert.Equal(all.Select(pair => pair.Key).Distinct(), dictionary.Keys);
            Assert.Equal(dictionary.Keys.Count(), dictionary.Count);
            foreach (var name in (string[])["a", "A", "z", "", "g"])
            {
                var values = all.Where(pair => pair.Key == name).Select(pair => pair.Value).ToArray();
                Assert.Equal(values, dictionary.GetAll(name));
                Assert.Equal(values.FirstOrDefault(), dictionary.Find(name));
                Assert.Equal(values.Length > 0, dictionary.ContainsKey(name));
            }
        });

    static void AssertLinear(string text, Action read, int bytesPerChar = BytesPerChar)
    {
        var limit = BytesAlways + (long)bytesPerChar * text.Length;

        // Once more, because the first read of all also makes what is static.
        var bytes = AllocatedBy(read) is var first && first <= limit ? first : AllocatedBy(read);

        Assert.True(bytes <= limit, $"{bytes} bytes for {text.Length} chars");
    }

    static long AllocatedBy(Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read();
        }
        catch (HttpException)
        {
            // An answer too.
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
