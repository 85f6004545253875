using System.Buffers.Binary;
using System.Buffers.Text;

namespace Modular.Sessions;

/// <summary>
/// The time in a signed text: seconds since 1970, big-endian without leading zeros, in base64url. As itsdangerous' <c>TimestampSigner</c>.
/// </summary>
static class SignedTime
{
    /// <summary>The maximum length in bytes, in base64url.</summary>
    internal const int MaxLength = 11;

    /// <summary>Writes the time.</summary>
    /// <returns>The number of bytes written.</returns>
    internal static int Write(DateTimeOffset time, Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeSeconds());
        return Base64Url.EncodeToUtf8(bytes.TrimStart((byte)0), destination);
    }

    /// <summary>Reads a time. A number that is too large becomes the maximum.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        if (text.Length > 32 || Base64Text.DecodeUrl(text) is not { } bytes) return false;
        foreach (var one in bytes.AsSpan().TrimStart((byte)0))
        {
            if (seconds > long.MaxValue >> 8)
            {
                seconds = long.MaxValue;
                return true;
            }
            seconds = seconds << 8 | one;
        }
        return true;
    }

    /// <summary>Whether a value signed at <paramref name="signedAt"/> is valid now.</summary>
    internal static SignatureProblem Check(long signedAt, long now, TimeSpan? maxAge)
    {
        if (maxAge is not { } age) return SignatureProblem.None;
        if (signedAt > now) return SignatureProblem.Future;
        return now - signedAt > (long)age.TotalSeconds ? SignatureProblem.Expired : SignatureProblem.None;
    }

    /// <summary>The time, or null when it is out of the calendar's range.</summary>
    internal static DateTimeOffset? Moment(long seconds) =>
        seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
