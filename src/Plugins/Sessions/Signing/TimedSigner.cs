using System.Text;

namespace Modular.Sessions;

/// <summary>Signs text together with the time: <c>value.time.signature</c>. Compatible with itsdangerous' <c>TimestampSigner</c>.</summary>
/// <remarks>Thread: safe to share. Create one and keep it.</remarks>
/// <param name="key">Signs values, and is tried first to verify them.</param>
/// <param name="options">Default: itsdangerous' defaults.</param>
/// <param name="clock">Default: the system clock.</param>
public sealed class TimedSigner(SecretKey key, SignerOptions? options = null, TimeProvider? clock = null)
{
    readonly Signatures _signatures = new(key, options ?? new());
    readonly byte _separator = (byte)(options ?? new()).Separator;
    readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Returns the value, the seconds since 1970, and the signature of both.</summary>
    public string Sign(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        var buffer = new byte[length + 1 + SignedTime.MaxLength + _signatures.Length];
        Encoding.UTF8.GetBytes(value, buffer);
        buffer[length++] = _separator;
        length += SignedTime.Write(_clock.GetUtcNow(), buffer.AsSpan(length));
        return Encoding.UTF8.GetString(buffer, 0, _signatures.Append(buffer, length));
    }

    /// <summary>Verifies a signed text and returns its value and time. Never throws for an invalid text.</summary>
    /// <param name="signed">The text to verify.</param>
    /// <param name="maxAge">The maximum age, in whole seconds. A value of exactly this age is valid. Null: any time is valid, even one in
    /// the future.</param>
    public Unsigned<string> Unsign(string signed, TimeSpan? maxAge = null)
    {
        var problem = _signatures.TryRemove(Encoding.UTF8.GetBytes(signed), out var timed);
        if (problem != SignatureProblem.None) return new(problem, null);
        var at = timed.LastIndexOf(_separator);
        if (at < 0) return new(SignatureProblem.NoTime, null);
        if (!SignedTime.TryRead(timed[(at + 1)..], out var seconds)) return new(SignatureProblem.MalformedTime, null);
        problem = SignedTime.Check(seconds, _clock.GetUtcNow().ToUnixTimeSeconds(), maxAge);
        return new(problem, problem == SignatureProblem.None ? Encoding.UTF8.GetString(timed[..at]) : null, SignedTime.Moment(seconds));
    }
}
