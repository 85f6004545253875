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
    readonly RecentPayloads _written = new();

    /// <summary>How Flask signs its sessions: the salt <c>cookie-session</c>, a key derived by HMAC, SHA-1.</summary>
    public static SignerOptions FlaskCookie { get; } = new() { Salt = "cookie-session", KeyDerivation = KeyDerivation.Hmac };

    /// <summary>The value as it goes into a cookie.</summary>
    /// <param name="value">Text, numbers, dates, Guid, bytes, Markup, lists, tuples and dictionaries of these.</param>
    /// <exception cref="ModularException">The value holds something else.</exception>
    public string Serialize(object? value)
    {
        var json = new Utf8Buffer(512);
        try
        {
            new TaggedJsonWriter(ref json, _tags).Write(value);
            return Sign(_written.Find(json.Written) ?? Fold(json.Written));
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
        if (_verified.Find(cookie) is { } known) return Read(known.Json, known.SignedAt, maxAge);
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
    internal string Renew(string cookie) => Sign(Encoding.ASCII.GetBytes(cookie, 0, cookie.LastIndexOf('.', cookie.LastIndexOf('.') - 1)));

    byte[] Fold(ReadOnlySpan<byte> json)
    {
        var deflated = new Utf8Buffer(json.Length);
        try
        {
            var isShorter = Zlib.TryDeflate(json, ref deflated);
            var content = isShorter ? deflated.Written : json;
            var start = isShorter ? 1 : 0;
            var payload = new byte[start + Base64Url.GetEncodedLength(content.Length)];
            if (isShorter) payload[0] = Dot;
            Base64Url.EncodeToUtf8(content, payload.AsSpan(start));
            _written.Add(json, payload);
            return payload;
        }
        finally
        {
            deflated.Dispose();
        }
    }

    string Sign(byte[] payload)
    {
        var cookie = ArrayPool<byte>.Shared.Rent(payload.Length + 1 + SignedTime.MaxLength + _signatures.Length);
        try
        {
            payload.CopyTo(cookie, 0);
            var length = payload.Length;
            cookie[length++] = Dot;
            length += SignedTime.Write(_clock.GetUtcNow(), cookie.AsSpan(length));
            return Encoding.ASCII.GetString(cookie, 0, _signatures.Append(cookie, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(cookie);
        }
    }

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
            return Read(json.Written, seconds, null);
        }
        finally
        {
            json.Dispose();
        }
    }

    Unsigned<object> Read(ReadOnlySpan<byte> json, long seconds, TimeSpan? maxAge)
    {
        if (IsTooOld(seconds, maxAge) is { } tooOld) return tooOld;
        return TaggedJsonReader.TryRead(json, _tags, out var value)
            ? new(SignatureProblem.None, value, SignedTime.Moment(seconds)) : new(SignatureProblem.Payload, null, SignedTime.Moment(seconds));
    }

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
