using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Modular.Sessions.Tests;

public sealed class FlaskComparisonTests
{
    const int Sessions = 3_000;

    // Reads each cookie, writes its values again, and prints JSON that differs; then how many it read, and how many of them were compressed.
    const string Program = """
        import sys, zlib
        from flask import Flask
        from flask.sessions import SecureCookieSessionInterface
        from itsdangerous import encoding

        app = Flask('compare')
        app.secret_key = sys.argv[1]
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        app.app_context().push()

        def payload(cookie):
            return cookie.rsplit('.', 2)[0]

        def json(payload):
            raw = encoding.base64_decode(payload.lstrip('.'))
            return zlib.decompress(raw) if payload.startswith('.') else raw

        read = compressed = 0
        for line in sys.stdin:
            cookie = payload(line.strip())
            again = payload(serializer.dumps(serializer.loads(line.strip())))
            if json(cookie) != json(again):
                print('differs', json(cookie), json(again))
                break
            read, compressed = read + 1, compressed + cookie.startswith('.')
        print(read, compressed)
        """;

    // Creates sessions of all types and unusual texts, and writes each as its own reader returns it.
    const string Maker = """
        import datetime, random, sys, uuid
        from flask import Flask
        from flask.sessions import SecureCookieSessionInterface
        from markupsafe import Markup

        app = Flask('make')
        app.secret_key = sys.argv[1]
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        app.app_context().push()
        random.seed(20261123)

        def character():
            low, high = random.choice([(0, 0x80), (0x80, 0x3000), (0xd800, 0xe000), (0xe000, 0x10000), (0x10000, 0x110000)])
            return chr(random.randrange(low, high))

        def text():
            return random.choice([
                lambda: 'lorem ipsum ' * random.randrange(8),
                lambda: ''.join(character() for _ in range(random.randrange(20))),
                lambda: ' ' + random.choice(['t', 'b', 'm', 'u', 'd', 'di', 'x', '']) + random.choice(['', '__', '____']),
                lambda: random.choice(['"', '\\', '\n\r\t\b\f', '/', '</script>', '\x7f', '\u2028']),
                lambda: '%040x' % random.getrandbits(160),
            ])()

        def moment():
            return datetime.datetime(random.randrange(1970, 2100), random.randrange(1, 13), random.randrange(1, 29), random.randrange(24), random.randrange(60), random.randrange(60), random.randrange(10**6), tzinfo=datetime.timezone.utc)

        def value(depth):
            kinds = [
                lambda: random.choice([0, -1, 2**31, 2**31 - 1, -2**31, 2**63, 2**63 - 1, -2**63, 2**64, 10**30, -10**40, random.randrange(10**6)]),
                lambda: random.choice([0.0, -0.0, 1.0, 1e16, 1e15, 1e-5, 1e-4, 5e-324, 1.7976931348623157e308, 0.1, 1e22, random.random() * 10**random.randrange(-30, 30)]),
                lambda: random.choice([True, False, None]), text, text,
                lambda: uuid.UUID(int=random.getrandbits(128)), lambda: random.randbytes(random.randrange(30)), lambda: Markup(text()), moment,
            ]
            if depth < 5:
                kinds += [lambda: [value(depth + 1) for _ in range(random.randrange(5))], lambda: tuple(value(depth + 1) for _ in range(random.randrange(4))), lambda: dictionary(depth + 1)]
            return random.choice(kinds)()

        def dictionary(depth):
            return {text() if random.randrange(2) else f'key{random.randrange(9)}': value(depth) for _ in range(random.randrange(6))}

        for _ in range(int(sys.argv[2])):
            cookie = serializer.dumps(dictionary(0))
            print(cookie, serializer.dumps(serializer.loads(cookie)))
        """;

    [NeedsFact(Tool.Flask)]
    public async Task A_session_that_Flask_made_at_random_is_written_again_as_Flask_does_it()
    {
        using var python = Process.Start(new ProcessStartInfo(Tools.Path(Tool.Flask), ["-c", Maker, Apps.Key, $"{Sessions}"]) { RedirectStandardOutput = true })!;
        var (serializer, count) = (new SessionSerializer(Apps.Key), 0);

        while (await python.StandardOutput.ReadLineAsync() is { } line)
        {
            var (cookie, again) = line.Split(' ') is [var first, var second] ? (first, second) : throw new InvalidDataException(line);
            Assert.Equal(Apps.Json(again), Apps.Json(serializer.Serialize(serializer.Deserialize(cookie).Value)));
            count++;
        }

        Assert.Equal(Sessions, count);
        await python.WaitForExitAsync();
    }

    [NeedsFact(Tool.Flask)]
    public async Task A_session_made_at_random_is_read_by_Flask_which_writes_the_same_JSON()
    {
        var random = new Random(20261123);
        var serializer = new SessionSerializer(Apps.Key);
        using var python = Process.Start(new ProcessStartInfo(Tools.Path(Tool.Flask), ["-c", Program, Apps.Key]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var answer = python.StandardOutput.ReadToEndAsync();

        for (var i = 0; i < Sessions; i++) await python.StandardInput.WriteLineAsync(serializer.Serialize(Dictionary(random, 0)));
        python.StandardInput.Close();

        var words = (await answer).Trim().Split(' ');
        Assert.True(words[0] == $"{Sessions}", await answer);
        Assert.InRange(int.Parse(words[1], NumberStyles.None, CultureInfo.InvariantCulture), 100, Sessions - 100);
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
        _ => string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => Character(random))),
    };

    // Also what is outside of UTF-16's first plane, half a pair, and what comes behind them there.
    static string Character(Random random) => random.Next(8) switch
    {
        0 => char.ConvertFromUtf32(random.Next(0x1F600, 0x1F640)),
        1 => $"{(char)random.Next(0xD800, 0xE000)}",
        2 => $"{(char)random.Next(0xE000, 0x10000)}",
        _ => $"{(char)random.Next(1, 0x500)}",
    };

    static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
