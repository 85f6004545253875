using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Modular.Sessions.Tests;

public sealed class CookieVectorTests(ITestOutputHelper output)
{
    const string File = "session_cookies.json";

    static readonly JsonElement All = VectorFile.Load(File);

    [Fact]
    public void Values_become_the_cookies_that_Flask_makes()
    {
        var report = new VectorFile($"{File} encode", output);

        foreach (var one in All.GetProperty("encode").EnumerateArray())
        {
            var serializer = Serializer(one.GetProperty("secret_key"), [], one.GetProperty("timestamp").GetInt64());
            var cookie = serializer.Serialize(SessionVectors.Value(one.GetProperty("payload")));
            var isCompressed = one.GetProperty("compressed").GetBoolean();
            report.Check($"{one.Text("name")} json", one.Text("json"), Apps.Json(cookie));
            // Short ones aren't compressed here, and .NET's zlib isn't Python's: a byte more here, one less there.
            if (!isCompressed && cookie[0] != '.') report.Check($"{one.Text("name")} cookie", one.Text("cookie"), cookie);
            if (isCompressed && one.Text("json").Length >= Zlib.MinDeflated)
                report.Check($"{one.Text("name")} size", "as small", cookie.Length <= one.Text("cookie").Length + 8 ? "as small" : $"{cookie.Length} instead of {one.Text("cookie").Length}");
            report.Check($"{one.Text("name")} loads", SessionVectors.Show(SessionVectors.Value(one.GetProperty("loads"))), SessionVectors.Show(serializer.Deserialize(one.Text("cookie")).Value));
            report.Check($"{one.Text("name")} round trip", SessionVectors.Show(SessionVectors.Value(one.GetProperty("loads"))), SessionVectors.Show(serializer.Deserialize(cookie).Value));
            report.Check($"{one.Text("name")} key", one.Text("derived_key_hex"),
                Convert.ToHexStringLower(KeyedHash.DeriveKey(SessionVectors.Key(one.GetProperty("secret_key")).Bytes, SessionSerializer.FlaskCookie)));
        }

        report.Finish();
    }

    [Fact]
    public void Cookies_are_read_and_refused_as_Flask_does()
    {
        var report = new VectorFile($"{File} decode", output);

        foreach (var one in All.GetProperty("decode").EnumerateArray())
        {
            var serializer = Serializer(one.GetProperty("secret_key"), [], one.GetProperty("now").GetInt64());
            var found = serializer.Deserialize(one.Text("cookie"), TimeSpan.FromSeconds(one.GetProperty("max_age").GetInt64()));
            report.Check(one.Text("name"), Expected(one.GetProperty("expect")), Found(found));
        }

        report.Finish();
    }

    [Fact]
    public void Old_keys_verify_as_in_Flask()
    {
        var report = new VectorFile($"{File} rotation", output);

        foreach (var one in All.GetProperty("rotation").EnumerateArray())
        {
            var fallbacks = one.GetProperty("fallbacks").EnumerateArray().Select(SessionVectors.Key).ToArray();
            var serializer = Serializer(one.GetProperty("secret_key"), fallbacks, 1_300_000_000);
            report.Check(one.Text("signed_with"), Expected(one.GetProperty("expect")), Found(serializer.Deserialize(one.Text("cookie"))));
        }

        report.Finish();
    }

    [Fact]
    public void The_signers_sign_as_itsdangerous_does()
    {
        var report = new VectorFile($"{File} itsdangerous", output);

        foreach (var (one, index) in All.GetProperty("itsdangerous").EnumerateArray().Select((one, index) => (one, index)))
        {
            var (ours, back, value) = Sign(one);
            report.Check($"{index} {one.Text("cls")}", one.Text("signed"), ours);
            report.Check($"{index} {one.Text("cls")} unsigned", value, back ?? "refused");
            if (one.TryGetProperty("derived_key_hex", out var key))
                report.Check($"{index} key", key.GetString()!, Convert.ToHexStringLower(KeyedHash.DeriveKey(SessionVectors.Key(one.GetProperty("secret_key")).Bytes, Options(one))));
        }

        report.Finish();
    }

    static (string Signed, string? Back, string Value) Sign(JsonElement one)
    {
        var key = SessionVectors.Key(one.GetProperty("secret_key"));
        if (one.Text("cls") == "TimestampSigner")
        {
            var timed = new TimedSigner(key, Options(one), new ManualClock { Now = DateTimeOffset.FromUnixTimeSeconds(one.GetProperty("timestamp").GetInt64()) });
            return (timed.Sign(one.Text("value")), timed.Unsign(one.Text("signed"), TimeSpan.Zero).Value, one.Text("value"));
        }
        var signer = new Signer(key, Options(one));
        var value = one.Text("cls") == "Signer" ? one.Text("value") : Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(one.GetProperty("value").GetRawText()));
        return (signer.Sign(value), signer.Unsign(one.Text("signed")).Value, value);
    }

    static SignerOptions Options(JsonElement one) => new()
    {
        Salt = one.Text("salt"),
        KeyDerivation = !one.TryGetProperty("key_derivation", out var derivation) ? KeyDerivation.DjangoConcat : derivation.GetString() switch
        {
            "concat" => KeyDerivation.Concat,
            "hmac" => KeyDerivation.Hmac,
            "none" => KeyDerivation.None,
            _ => KeyDerivation.DjangoConcat,
        },
        Digest = new HashAlgorithmName(one.TryGetProperty("digest", out var digest) ? digest.GetString()!.ToUpperInvariant() : "SHA1"),
    };

    static SessionSerializer Serializer(JsonElement key, SecretKey[] fallbacks, long now) =>
        new(SessionVectors.Key(key), SessionSerializer.FlaskCookie with { Fallbacks = fallbacks }, new ManualClock { Now = DateTimeOffset.FromUnixTimeSeconds(now) });

    static string Expected(JsonElement expect) => expect.TryGetProperty("value", out var value) ? SessionVectors.Show(SessionVectors.Value(value)) : Error(expect);

    // An expired signature's message says in which direction; the others are identified by their class.
    static string Error(JsonElement expect) =>
        expect.Text("error") == "SignatureExpired" && expect.Text("message").Contains("< 0", StringComparison.Ordinal) ? "SignatureExpired (future)" : expect.Text("error");

    static string Found(Unsigned<object> found) => found.Problem switch
    {
        SignatureProblem.None => SessionVectors.Show(found.Value),
        SignatureProblem.Unsigned => "BadSignature",
        SignatureProblem.Mismatch or SignatureProblem.NoTime or SignatureProblem.MalformedTime => "BadTimeSignature",
        SignatureProblem.Expired => "SignatureExpired",
        SignatureProblem.Future => "SignatureExpired (future)",
        _ => "BadPayload",
    };
}
