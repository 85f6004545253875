using System.Buffers.Text;
using System.IO.Compression;
using System.Text;

namespace Modular.Sessions.Tests;

/// <summary>Invalid cookies: an empty session, never an exception.</summary>
public sealed class BadCookieTests
{
    static readonly Dictionary<string, object?> User = new() { ["username"] = "admin" };

    // The view's result: the names in the session, or nothing.
    static async Task<IReadOnlyList<string>> Ask(IEnumerable<string> cookies, SessionsOptions? options = null, ManualClock? clock = null)
    {
        var app = Apps.New(options, clock).With("/", () => string.Join(',', Current.Session.Keys) + (Current.Session.IsNew ? "new" : ""));
        await using var client = app.TestClient(new() { UseCookies = false });
        var seen = new List<string>();
        foreach (var cookie in cookies)
        {
            var response = await client.GetAsync("/", cookie);
            Assert.Equal((200, 0), (response.Status, response.Headers.SetCookie.Count));
            seen.Add(response.Text);
        }
        return seen;
    }

    static string Sign(ReadOnlySpan<byte> payload, bool isCompressed = false) =>
        $"session={new TimedSigner(Apps.Key, SessionSerializer.FlaskCookie, new ManualClock()).Sign((isCompressed ? "." : "") + Base64Url.EncodeToString(payload))}";

    static string SignJson(string json) => Sign(Encoding.UTF8.GetBytes(json));

    [Fact]
    public async Task A_valid_cookie_is_accepted()
    {
        Assert.Equal(["username", "a"], await Ask([Apps.Cookie(User), SignJson("""{"a":1}""")]));
    }

    [Fact]
    public async Task A_cookie_that_was_tampered_with_at_any_byte_gives_an_empty_session()
    {
        var good = Apps.Serializer().Serialize(User);
        var tampered = Enumerable.Range(0, good.Length).SelectMany(at => "AZaz09-_".Where(c => c != good[at]).Select(c => good[..at] + c + good[(at + 1)..]))
            // The last letter of a signature has two bits that mean nothing, to Flask neither.
            .Where(cookie => !Same(cookie, good)).ToList();

        var seen = await Ask(tampered.Select(cookie => $"session={cookie}"));

        Assert.True(tampered.Count > 400);
        Assert.All(seen, text => Assert.Equal("new", text));

        static bool Same(string one, string other) => one[..^1] == other[..^1] && Value(one[^1]) >> 2 == Value(other[^1]) >> 2;
        static int Value(char c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".IndexOf(c, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_that_was_cut_off_gives_an_empty_session()
    {
        var good = Apps.Serializer().Serialize(User);

        var seen = await Ask(Enumerable.Range(0, good.Length).Select(length => $"session={good[..length]}"));

        Assert.All(seen, text => Assert.Equal("new", text));
    }

    [Fact]
    public async Task A_cookie_signed_with_another_key_or_another_salt_gives_an_empty_session()
    {
        var otherSalt = new SessionSerializer(Apps.Key, SessionSerializer.FlaskCookie with { Salt = "other" }, new ManualClock()).Serialize(User);
        var otherDerivation = new SessionSerializer(Apps.Key, SessionSerializer.FlaskCookie with { KeyDerivation = KeyDerivation.DjangoConcat }, new ManualClock()).Serialize(User);

        var seen = await Ask([Apps.Cookie(User, "another key, as long as it takes"), $"session={otherSalt}", $"session={otherDerivation}"]);

        Assert.All(seen, text => Assert.Equal("new", text));
    }

    [Fact]
    public async Task A_cookie_from_the_future_gives_an_empty_session()
    {
        Assert.Equal(["new"], await Ask([Apps.Cookie(User, clock: new() { Now = ManualClock.Then.AddSeconds(1) })]));
    }

    [Fact]
    public async Task A_cookie_is_valid_for_its_lifetime_to_the_second()
    {
        var clock = new ManualClock();
        var cookie = Apps.Cookie(User);
        var options = new SessionsOptions { SecretKey = Apps.Key, PermanentLifetime = TimeSpan.FromMinutes(10) };

        clock.Now = ManualClock.Then.AddSeconds(600);
        var last = await Ask([cookie], options, clock);
        clock.Now = ManualClock.Then.AddSeconds(601);
        var after = await Ask([cookie], options, clock);

        Assert.Equal(["username", "new"], [.. last, .. after]);
    }

    [Fact]
    public async Task An_invalid_time_gives_an_empty_session()
    {
        var signer = new Signer(Apps.Key, SessionSerializer.FlaskCookie);
        var payload = Base64Url.EncodeToString("{\"a\":1}"u8);

        var seen = await Ask([.. ((string[])["", "A", "____________", new string('_', 200), "TXxtAAAAAAAA", "!!"]).Select(time => $"session={signer.Sign($"{payload}.{time}")}"), $"session={signer.Sign(payload)}"]);

        Assert.All(seen, text => Assert.Equal("new", text));
    }

    [Fact]
    public async Task An_oversized_cookie_gives_an_empty_session()
    {
        Assert.Equal(["new", "new"], await Ask([$"session={new string('a', 20_000)}", $"session=e30.TXxtAA.{new string('=', 20_000)}"]));
    }

    [Fact]
    public async Task A_zlib_bomb_is_not_decompressed()
    {
        using var bomb = new MemoryStream();
        using (var zlib = new ZLibStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write("{\"a\":\""u8);
            for (var i = 0; i < 20; i++) zlib.Write(new byte[64 * 1024].AsSpan().ToArray().Select(_ => (byte)'a').ToArray());
            zlib.Write("\"}"u8);
        }

        Assert.Equal(["new"], await Ask([Sign(bomb.ToArray(), isCompressed: true)]));
    }

    [Fact]
    public async Task A_signed_value_with_bad_compression_gives_an_empty_session()
    {
        using var whole = new MemoryStream();
        using (var zlib = new ZLibStream(whole, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write("{\"aaaaaaaaaaaaaaaaaaaaaaaaa\":1}"u8);
        var bytes = whole.ToArray();

        // The third needs a preset dictionary, which zlib doesn't have.
        var seen = await Ask([Sign("not zlib"u8, true), Sign(bytes.AsSpan(0, 8), true), Sign(Convert.FromHexString("78BB2F68059AAB46E303002F68059A"), true), Sign([], true)]);

        Assert.All(seen, text => Assert.Equal("new", text));
    }

    [Fact]
    public async Task Wrong_UTF8_gives_an_empty_session()
    {
        Assert.Equal(["new", "new"], await Ask([Sign([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}']), Sign([0xC0, 0x80])]));
    }

    [Fact]
    public async Task Deep_JSON_gives_an_empty_session()
    {
        Assert.Equal(["new"], await Ask([SignJson($"{{\"a\":{new string('[', 1000)}{new string(']', 1000)}}}")]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1}x")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":1e400}")]
    [InlineData("{\"a\":\"\u0001\"}")]
    public async Task A_signed_value_that_is_not_a_session_gives_an_empty_session(string json)
    {
        Assert.Equal(["new"], await Ask([SignJson(json)]));
    }

    [Theory]
    [InlineData("{\" t\":5}")]
    [InlineData("{\" t\":\"ab\"}")]
    [InlineData("{\" t\":{\"a\":1,\"b\":2}}")]
    [InlineData("{\" b\":5}")]
    [InlineData("{\" b\":\"abc\"}")]
    [InlineData("{\" m\":5}")]
    [InlineData("{\" m\":null}")]
    [InlineData("{\" u\":[]}")]
    [InlineData("{\" u\":\"550e8400\"}")]
    [InlineData("{\" d\":5}")]
    [InlineData("{\" di\":5}")]
    [InlineData("{\" di\":{}}")]
    [InlineData("{\" di\":[1]}")]
    public async Task A_tag_with_a_value_of_another_type_gives_an_empty_session(string tagged)
    {
        Assert.Equal(["new", "new"], await Ask([SignJson($"{{\"x\":{tagged}}}"), SignJson(tagged)]));
    }

    [Fact]
    public async Task A_number_with_too_many_digits_gives_an_empty_session()
    {
        Assert.Equal(["new"], await Ask([SignJson($"{{\"a\":{new string('9', 5000)}}}")]));
    }

    [Fact]
    public void No_text_breaks_the_signers()
    {
        var (plain, timed, random) = (new Signer(Apps.Key), new TimedSigner(Apps.Key), new Random(4));

        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(3) == 0 ? '.' : (char)random.Next(random.Next(2) == 0 ? 128 : 65536))]);

            Assert.False(plain.Unsign(text).IsGood || timed.Unsign(text).IsGood || Apps.Serializer().Deserialize(text).IsGood, text);
        }
    }
}
