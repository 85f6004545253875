using System.Buffers.Text;
using System.Text;

namespace Modular.Sessions;

/// <summary>Turns values into Flask's session cookie and back: tagged JSON, compressed when it is long, with time and signature. As itsdangerous' <c>URLSafeTimedSerializer</c>.</summary>
/// <remarks>
/// <para>Shape: <c>payload.time.signature</c>, each base64url without padding; a payload with a dot in front is compressed by zlib.</para>
/// <para>Thread: safe to share; make one and keep it.</para>
/// </remarks>
/// <param name="key">Signs, and verifies first.</param>
/// <param name="options">Default: as Flask's sessions, see <see cref="FlaskCookie"/>.</param>
/// <param name="clock">Default: the system's.</param>
/// <param name="tags">Types of the application's own. Default none.</param>
public sealed class SessionSerializer(SecretKey key, SignerOptions? options = null, TimeProvider? clock = null, IReadOnlyList<SessionTag>? tags = null)
{
    readonly TimedSigner _signer = new(key, (options ?? FlaskCookie) with { Separator = '.' }, clock);
    readonly SessionTags _tags = SessionTags.Of(tags);

    /// <summary>How Flask signs its sessions: the salt <c>cookie-session</c>, a key derived by HMAC, SHA-1.</summary>
    public static SignerOptions FlaskCookie { get; } = new() { Salt = "cookie-session", KeyDerivation = KeyDerivation.Hmac };

    /// <summary>The value as it goes into a cookie.</summary>
    /// <param name="value">Text, numbers, dates, Guid, bytes, Markup, lists, tuples and dictionaries of these.</param>
    /// <exception cref="ModularException">The value holds something else.</exception>
    public string Serialize(object? value)
    {
        var json = TaggedJsonWriter.Write(value, _tags);
        return _signer.Sign(Zlib.TryDeflate(json) is { } compressed ? $".{Base64Url.EncodeToString(compressed)}" : Base64Url.EncodeToString(json));
    }

    /// <summary>The value of a cookie that this, or Flask with the same key, has made. Never throws for a bad one.</summary>
    /// <param name="cookie">What the client sent.</param>
    /// <param name="maxAge">In whole seconds; what is exactly as old is still good. Null: any age, and any future.</param>
    public Unsigned<object> Deserialize(string cookie, TimeSpan? maxAge = null)
    {
        var (problem, payload, signedAt) = _signer.Unsign(cookie, maxAge);
        if (problem != SignatureProblem.None) return new(problem, null, signedAt);
        return Unpack(payload!) is { } json && TaggedJsonReader.TryRead(json, _tags, out var value)
            ? new(SignatureProblem.None, value, signedAt)
            : new(SignatureProblem.Payload, null, signedAt);
    }

    static byte[]? Unpack(string payload)
    {
        var text = Encoding.UTF8.GetBytes(payload);
        return text is [(byte)'.', ..] ? Base64Text.DecodeUrl(text.AsSpan(1)) is { } compressed ? Zlib.TryInflate(compressed) : null : Base64Text.DecodeUrl(text);
    }
}
