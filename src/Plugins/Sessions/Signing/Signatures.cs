using System.Buffers.Text;
using System.Security.Cryptography;

namespace Modular.Sessions;

/// <summary>Appends and checks signatures on bytes. The text signers are built on it.</summary>
/// <remarks>Thread: safe to share.</remarks>
sealed class Signatures
{
    readonly KeyedHash _current;
    readonly KeyedHash[] _all;
    readonly byte _separator;

    internal Signatures(SecretKey key, SignerOptions options)
    {
        _current = new(key, options);
        var all = new List<KeyedHash> { _current };
        foreach (var old in options.Fallbacks) all.Add(new(old, options));
        _all = [.. all];
        _separator = (byte)options.Separator;
        Length = 1 + Base64Url.GetEncodedLength(_current.Length);
    }

    /// <summary>The number of bytes that a signature adds, including its separator.</summary>
    internal int Length { get; }

    /// <summary>Signs the first bytes of a buffer and writes the signature after them.</summary>
    /// <returns>The length of both in bytes.</returns>
    internal int Append(Span<byte> buffer, int length)
    {
        Span<byte> signature = stackalloc byte[KeyedHash.MaxLength];
        signature = signature[.._current.Length];
        _current.Compute(buffer[..length], signature);
        buffer[length] = _separator;
        return length + 1 + Base64Url.EncodeToUtf8(signature, buffer[(length + 1)..]);
    }

    /// <summary>Removes the signature after the last separator, if one of the keys verifies it.</summary>
    internal SignatureProblem TryRemove(ReadOnlySpan<byte> signed, out ReadOnlySpan<byte> value)
    {
        value = default;
        var at = signed.LastIndexOf(_separator);
        if (at < 0) return SignatureProblem.Unsigned;
        var text = signed[(at + 1)..];
        // Longer than any signature, even one with many skipped characters.
        if (text.Length > 2 * KeyedHash.MaxLength) return SignatureProblem.Mismatch;
        if (Base64Text.DecodeUrl(text) is not { } signature || !Matches(signed[..at], signature)) return SignatureProblem.Mismatch;
        value = signed[..at];
        return SignatureProblem.None;
    }

    bool Matches(ReadOnlySpan<byte> value, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[KeyedHash.MaxLength];
        foreach (var key in _all)
        {
            key.Compute(value, expected);
            if (CryptographicOperations.FixedTimeEquals(expected[..key.Length], signature)) return true;
        }
        return false;
    }
}
