using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Modular.Sessions;

namespace Modular.Csrf;

/// <summary>
/// Tokens of one session: a nonce, the time, and their HMAC with the session's secret. Each token is different, so that an attacker who
/// sees the length of compressed pages can't guess one (BREACH), and none of them contains the secret.
/// </summary>
static class CsrfTokens
{
    // The second one is Flask-WTF's, of a session that both share.
    const string Key = "_csrf_secret", FlaskKey = "csrf_token";
    const int Secret = 32, Nonce = 16, Time = 8, Signed = Nonce + Time, Length = Signed + HMACSHA256.HashSizeInBytes;

    static readonly int Characters = Base64Url.GetEncodedLength(Length);

    /// <summary>A new token. Makes the session's secret, if it has none.</summary>
    internal static string Make(Session session, DateTimeOffset now)
    {
        Span<byte> token = stackalloc byte[Length];
        RandomNumberGenerator.Fill(token[..Nonce]);
        BinaryPrimitives.WriteInt64BigEndian(token[Nonce..], now.ToUnixTimeMilliseconds());
        HMACSHA256.HashData(SecretOf(session) ?? NewSecret(session), token[..Signed], token[Signed..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>What is wrong with a token. Null when it is valid.</summary>
    internal static CsrfReason? ProblemOf(string token, Session session, DateTimeOffset now, TimeSpan? lifetime)
    {
        if (SecretOf(session) is not { } secret) return CsrfReason.SessionMissing;
        Span<byte> bytes = stackalloc byte[Length];
        if (token.Length != Characters || !Base64Url.IsValid(token, out var length) || length != Length) return CsrfReason.TokenInvalid;
        Base64Url.DecodeFromChars(token, bytes);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, bytes[..Signed], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes[Signed..])) return CsrfReason.TokenInvalid;
        var made = BinaryPrimitives.ReadInt64BigEndian(bytes[Nonce..]);
        return lifetime is { } longest && now.ToUnixTimeMilliseconds() - made > longest.TotalMilliseconds ? CsrfReason.TokenExpired : null;
    }

    /// <summary>Replaces the secret. A session without one gets it with its first token.</summary>
    internal static void Rotate(Session session)
    {
        session.Remove(Key);
        session.Remove(FlaskKey);
    }

    static byte[]? SecretOf(Session session) => session.Find(Key) is byte[] { Length: Secret } secret ? secret : null;

    static byte[] NewSecret(Session session)
    {
        var secret = RandomNumberGenerator.GetBytes(Secret);
        session[Key] = secret;
        return secret;
    }
}
