using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Modular.Sessions;

/// <summary>
/// Cookies whose signature was found good, and the JSON in them. A browser sends the same one again and again; its signature need not be computed anew, nor its JSON unfolded. Its age is looked at each time,
/// and its values are read anew, for they may be changed.
/// </summary>
/// <remarks>Thread: safe to share. At most 7 MB, of sessions as large as a cookie can be.</remarks>
sealed class VerifiedCookies
{
    const int MaxLength = 4096;
    const int SignatureLength = 27;

    readonly Recent<Entry> _entries = new();

    /// <param name="SignedAt">Seconds since 1970.</param>
    internal sealed record Entry(string Cookie, byte[] Json, long SignedAt);

    /// <summary>What is known of a cookie.</summary>
    /// <remarks>How long it takes tells nothing of the cookies of others: the signature is compared in constant time, and the rest only by who has it.</remarks>
    internal Entry? Find(string cookie)
    {
        if (_entries[Recent<Entry>.HashOf(cookie)] is not { } entry || !CryptographicOperations.FixedTimeEquals(Signature(entry.Cookie), Signature(cookie))) return null;
        return string.Equals(entry.Cookie, cookie, StringComparison.Ordinal) ? entry : null;
    }

    internal void Add(string cookie, ReadOnlySpan<byte> json, long signedAt)
    {
        if (cookie.Length <= MaxLength && json.Length <= MaxLength) _entries[Recent<Entry>.HashOf(cookie)] = new(cookie, json.ToArray(), signedAt);
    }

    // Its last 160 bits; all of SHA-1's.
    static ReadOnlySpan<byte> Signature(string cookie) => MemoryMarshal.AsBytes(cookie.AsSpan(Math.Max(0, cookie.Length - SignatureLength)));
}
