using System.Security.Cryptography;
using System.Text;

namespace Modular.Sessions;

/// <summary>
/// Cookies that were signed here or whose signature was found good, and what is in them. A browser sends the same one again and again; its signature need not be computed anew, nor its JSON unfolded
/// and read. Its age is looked at each time.
/// </summary>
/// <remarks>Thread: safe to share. At most 22 MB, of 512 sessions that take as much as they can; ordinary ones take less than one.</remarks>
sealed class VerifiedCookies
{
    const int MaxLength = 4096;
    const int MaxLengthWithValues = 1024;
    const int SignatureLength = 27;

    readonly Recent<Entry> _entries = new();

    /// <param name="SignedAt">Seconds since 1970.</param>
    internal sealed record Entry(string Cookie, byte[] Json, long SignedAt)
    {
        Dictionary<string, object?>? _values;
        bool _wasRead;

        /// <summary>What its JSON says, in new lists and dictionaries each time, for the application may change them.</summary>
        internal bool TryRead(SessionTags tags, out object? value)
        {
            if (_values is { } known)
            {
                value = SessionValues.Copy(known);
                return true;
            }
            if (!TaggedJsonReader.TryRead(Json, tags, out value)) return false;
            // Not at once: of a visitor whose session changes with each request it would be copied for nothing. And the application's own types nobody can copy.
            if (_wasRead && tags.IsEmpty && Json.Length <= MaxLengthWithValues && value is Dictionary<string, object?> values) _values = SessionValues.Copy(values);
            _wasRead = true;
            return true;
        }
    }

    /// <summary>What is known of a cookie.</summary>
    /// <remarks>How long it takes tells nothing of the cookies of others: the signature is compared in constant time, and the rest only by who has it.</remarks>
    internal Entry? Find(string cookie) =>
        _entries[Recent<Entry>.HashOf(cookie)] is { } entry && HasSignatureOf(entry, cookie) && string.Equals(entry.Cookie, cookie, StringComparison.Ordinal) ? entry : null;

    internal void Add(string cookie, ReadOnlySpan<byte> json, long signedAt)
    {
        if (cookie.Length <= MaxLength && json.Length <= MaxLength) Add(new(cookie, json.ToArray(), signedAt));
    }

    internal void Add(Entry entry) => _entries[Recent<Entry>.HashOf(entry.Cookie)] = entry;

    // Their last 160 bits; all of SHA-1's. As bytes, for each takes its time.
    static bool HasSignatureOf(Entry entry, string cookie)
    {
        Span<byte> known = stackalloc byte[SignatureLength];
        Span<byte> sent = stackalloc byte[SignatureLength];
        return Encoding.ASCII.TryGetBytes(End(entry.Cookie), known, out _) && Encoding.ASCII.TryGetBytes(End(cookie), sent, out _) && CryptographicOperations.FixedTimeEquals(known, sent);
    }

    static ReadOnlySpan<char> End(string cookie) => cookie.AsSpan(Math.Max(0, cookie.Length - SignatureLength));
}
