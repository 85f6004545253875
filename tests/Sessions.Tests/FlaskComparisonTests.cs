using System.Diagnostics;
using System.Text;

namespace Modular.Sessions.Tests;

public sealed class FlaskComparisonTests
{
    const int Sessions = 3_000;

    // Reads each cookie, writes its values again, and tells of JSON that differs; then what its payloads and ours take together.
    const string Program = """
        import sys, zlib
        from flask import Flask
        from flask.sessions import SecureCookieSessionInterface
        from itsdangerous import encoding

        app = Flask('compare')
        app.secret_key = sys.argv[1]
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)

        def payload(cookie):
            return cookie.rsplit('.', 2)[0]

        def json(payload):
            raw = encoding.base64_decode(payload.lstrip('.'))
            return zlib.decompress(raw) if payload.startswith('.') else raw

        read = theirs = ours = 0
        for line in sys.stdin:
            cookie = payload(line.strip())
            again = payload(serializer.dumps(serializer.loads(line.strip())))
            if json(cookie) != json(again):
                print('differs', json(cookie), json(again))
                break
            read, theirs, ours = read + 1, theirs + len(again), ours + len(cookie)
        print(read, theirs, ours)
        """;

    [Fact]
    public async Task A_session_made_at_random_is_the_JSON_that_Flask_writes_and_takes_no_more_room()
    {
        var random = new Random(20261123);
        var serializer = new SessionSerializer(Apps.Key);
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Program, Apps.Key]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var answer = python.StandardOutput.ReadToEndAsync();

        for (var i = 0; i < Sessions; i++) await python.StandardInput.WriteLineAsync(serializer.Serialize(Dictionary(random, 0)));
        python.StandardInput.Close();

        var words = (await answer).Trim().Split(' ');
        Assert.True(words[0] == $"{Sessions}", await answer);
        Assert.True(int.Parse(words[2]) <= int.Parse(words[1]), $"{words[2]} characters, Flask's {words[1]}");
        await python.WaitForExitAsync();
    }

    static object? Value(Random random, int depth) => random.Next(depth > 3 ? 8 : 11) switch
    {
        0 => random.Next(),
        1 => random.NextInt64(),
        2 => random.NextDouble() * Math.Pow(10, random.Next(-20, 30)),
        3 => true,
        4 => null,
        5 => Text(random),
        6 => new Guid(Bytes(random, 16)),
        7 => Bytes(random, random.Next(40)),
        8 => Enumerable.Range(0, random.Next(6)).Select(_ => Value(random, depth + 1)).ToList(),
        9 => new SessionTuple([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]),
        _ => Dictionary(random, depth + 1),
    };

    static Dictionary<string, object?> Dictionary(Random random, int depth)
    {
        var values = new Dictionary<string, object?>();
        for (var count = random.Next(7); count > 0; count--) values[random.Next(3) == 0 ? Text(random) : $"key{random.Next(20)}"] = Value(random, depth);
        return values;
    }

    static string Text(Random random) => random.Next(3) switch
    {
        0 => Convert.ToHexStringLower(Bytes(random, random.Next(40))),
        1 => new StringBuilder().Insert(0, "lorem ipsum dolor ", random.Next(12)).ToString(),
        _ => string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => random.Next(5) == 0 ? char.ConvertFromUtf32(random.Next(0x1F600, 0x1F640)) : $"{(char)random.Next(1, 0x500)}")),
    };

    static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
