using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Modular.Sessions;

/// <summary>Turns values into Flask's session cookie and back: tagged JSON, compressed when that is shorter, with time and signature. As itsdangerous' <c>URLSafeTimedSerializer</c>.</summary>
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
    const byte Dot = (byte)'.';

    readonly Signatures _signatures = new(key, (options ?? FlaskCookie) with { Separator = '.' });
    readonly SessionTags _tags = SessionTags.Of(tags);
    readonly TimeProvider _clock = clock ?? TimeProvider.System;
    readonly VerifiedCookies _verified = new();

    /// <summary>How Flask signs its sessions: the salt <c>cookie-session</c>, a key derived by HMAC, SHA-1.</summary>
    public static SignerOptions FlaskCookie { get; } = new() { Salt = "cookie-session", KeyDerivation = KeyDerivation.Hmac };

    /// <summary>The value as it goes into a cookie.</summary>
    /// <param name="value">Text, numbers, dates, Guid, bytes, Markup, lists, tuples and dictionaries of these.</param>
    /// <exception cref="ModularException">The value holds something else.</exception>
    public string Serialize(object? value) => Serialize(value, known: null);

    /// <summary>The same, with the payload of a good cookie when nothing in it has changed.</summary>
    internal string SerializeAnew(object? value, string cookie) => Serialize(value, _verified.Find(cookie));

    string Serialize(object? value, VerifiedCookies.Entry? known)
    {
        var json = new Utf8Buffer(512);
        try
        {
            new TaggedJsonWriter(ref json, _tags).Write(value);
            return known is not null && json.Written.SequenceEqual(known.Json) ? Renew(known.Cookie, known) : Sign(json.Written);
        }
        finally
        {
            json.Dispose();
        }
    }

    /// <summary>The value of a cookie that this, or Flask with the same key, has made. Never throws for a bad one.</summary>
    /// <param name="cookie">What the client sent.</param>
    /// <param name="maxAge">In whole seconds; what is exactly as old is still good. Null: any age, and any future.</param>
    public Unsigned<object> Deserialize(string cookie, TimeSpan? maxAge = null)
    {
        if (_verified.Find(cookie) is { } known) return IsTooOld(known.SignedAt, maxAge) ?? Result(known.TryRead(_tags, out var value), value, known.SignedAt);
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(cookie.Length));
        try
        {
            return Unsign(cookie, bytes.AsSpan(0, Encoding.UTF8.GetBytes(cookie, bytes)), maxAge);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>A good cookie with the time of now, its payload untouched.</summary>
    internal string Renew(string cookie) => Renew(cookie, _verified.Find(cookie));

    string Renew(string cookie, VerifiedCookies.Entry? known)
    {
        var payload = cookie.AsSpan(0, cookie.LastIndexOf('.', cookie.LastIndexOf('.') - 1));
        var signed = ArrayPool<byte>.Shared.Rent(payload.Length + Tail);
        try
        {
            var now = _clock.GetUtcNow();
            var renewed = Sign(signed, Encoding.ASCII.GetBytes(payload, signed), now);
            if (known is not null) _verified.Add(known with { Cookie = renewed, SignedAt = now.ToUnixTimeSeconds() });
            return renewed;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(signed);
        }
    }

    // Dot and compressed, when that is shorter; then the time, and the signature. It is what the browser comes with next, so it is remembered.
    string Sign(ReadOnlySpan<byte> json)
    {
        var folded = ArrayPool<byte>.Shared.Rent(json.Length);
        var signed = ArrayPool<byte>.Shared.Rent(1 + Base64Url.GetEncodedLength(json.Length) + Tail);
        try
        {
            var length = 0;
            var isFolded = Zlib.TryDeflate(json, folded, out var count);
            if (isFolded) signed[length++] = Dot;
            length += Base64Url.EncodeToUtf8(isFolded ? folded.AsSpan(0, count) : json, signed.AsSpan(length));
            var now = _clock.GetUtcNow();
            var cookie = Sign(signed, length, now);
            _verified.Add(cookie, json, now.ToUnixTimeSeconds());
            return cookie;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(signed);
            ArrayPool<byte>.Shared.Return(folded);
        }
    }

    string Sign(byte[] payload, int length, DateTimeOffset now)
    {
        payload[length++] = Dot;
        length += SignedTime.Write(now, payload.AsSpan(length));
        return Encoding.ASCII.GetString(payload, 0, _signatures.Append(payload, length));
    }

    // What comes behind the payload.
    int Tail => 1 + SignedTime.MaxLength + _signatures.Length;

    Unsigned<object> Unsign(string cookie, ReadOnlySpan<byte> bytes, TimeSpan? maxAge)
    {
        var problem = _signatures.TryRemove(bytes, out var timed);
        if (problem != SignatureProblem.None) return new(problem, null);
        var at = timed.LastIndexOf(Dot);
        if (at < 0) return new(SignatureProblem.NoTime, null);
        if (!SignedTime.TryRead(timed[(at + 1)..], out var seconds)) return new(SignatureProblem.MalformedTime, null);
        if (IsTooOld(seconds, maxAge) is { } tooOld) return tooOld;
        var json = new Utf8Buffer(2048);
        try
        {
            if (!TryUnfold(timed[..at], ref json)) return new(SignatureProblem.Payload, null, SignedTime.Moment(seconds));
            _verified.Add(cookie, json.Written, seconds);
            return Result(TaggedJsonReader.TryRead(json.Written, _tags, out var value), value, seconds);
        }
        finally
        {
            json.Dispose();
        }
    }

    static Unsigned<object> Result(bool isGood, object? value, long seconds) =>
        new(isGood ? SignatureProblem.None : SignatureProblem.Payload, isGood ? value : null, SignedTime.Moment(seconds));

    Unsigned<object>? IsTooOld(long seconds, TimeSpan? maxAge)
    {
        var problem = SignedTime.Check(seconds, _clock.GetUtcNow().ToUnixTimeSeconds(), maxAge);
        return problem == SignatureProblem.None ? null : new(problem, null, SignedTime.Moment(seconds));
    }

    static bool TryUnfold(ReadOnlySpan<byte> payload, ref Utf8Buffer json)
    {
        if (payload is not [Dot, ..])
        {
            if (!Base64Text.TryDecodeUrl(payload, json.WithRoom(payload.Length + 3), out var length)) return false;
            json.Advance(length);
            return true;
        }
        var folded = ArrayPool<byte>.Shared.Rent(payload.Length + 3);
        try
        {
            return Base64Text.TryDecodeUrl(payload[1..], folded, out var length) && Zlib.TryInflate(folded, length, ref json);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(folded);
        }
    }
}
