using System.Buffers.Text;
using System.Text;

namespace Modular.Sessions;

/// <summary>
/// Serializes values to Flask's session cookie and back: tagged JSON, compressed if it is long, with time and signature. Compatible with
/// itsdangerous' <c>URLSafeTimedSerializer</c>.
/// </summary>
/// <remarks>
/// <para>Shape: <c>payload.time.signature</c>, each base64url without padding; a payload that starts with a dot is compressed with
/// zlib.</para>
/// <para>Thread: safe to share. Create one and keep it.</para>
/// </remarks>
/// <param name="key">Signs values, and is tried first to verify them.</param>
/// <param name="options">Default: <see cref="FlaskCookie"/>, as Flask's sessions.</param>
/// <param name="clock">Default: the system clock.</param>
/// <param name="tags">Application types to keep. Default: none.</param>
public sealed class SessionSerializer(SecretKey key, SignerOptions? options = null, TimeProvider? clock = null,
    IReadOnlyList<SessionTag>? tags = null)
{
    readonly TimedSigner _signer = new(key, (options ?? FlaskCookie) with { Separator = '.' }, clock);
    readonly SessionTags _tags = SessionTags.Of(tags);

    /// <summary>How Flask signs its sessions: the salt <c>cookie-session</c>, a key derived with HMAC, and SHA-1.</summary>
    public static SignerOptions FlaskCookie { get; } = new() { Salt = "cookie-session", KeyDerivation = KeyDerivation.Hmac };

    /// <summary>Serializes and signs a value for a cookie.</summary>
    /// <param name="value">Text, numbers, dates, Guid, bytes, Markup, lists, tuples and dictionaries of these.</param>
    /// <exception cref="ModularException">The value contains another type.</exception>
    public string Serialize(object? value)
    {
        var json = TaggedJsonWriter.Write(value, _tags);
        return _signer.Sign(Zlib.TryDeflate(json) is { } compressed
            ? $".{Base64Url.EncodeToString(compressed)}"
            : Base64Url.EncodeToString(json));
    }

    /// <summary>
    /// Verifies and reads a cookie that this serializer, or Flask with the same key, has created. Never throws for an invalid cookie.
    /// </summary>
    /// <param name="cookie">What the client sent.</param>
    /// <param name="maxAge">The maximum age, in whole seconds. A value of exactly this age is valid. Null: any time is valid, even one in
    /// the future.</param>
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
        return text is [(byte)'.', ..]
            ? Base64Text.DecodeUrl(text.AsSpan(1)) is { } compressed ? Zlib.TryInflate(compressed) : null
            : Base64Text.DecodeUrl(text);
    }
}
