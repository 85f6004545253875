using System.Buffers.Text;
using System.Security.Cryptography;

namespace Modular.Sessions;

/// <summary>Appends and checks signatures on bytes; what the signers of text stand on.</summary>
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

    /// <summary>Bytes that a signature adds, its separator included.</summary>
    internal int Length { get; }

    /// <summary>Signs the first bytes of a buffer and writes the signature behind them.</summary>
    /// <returns>Bytes of both.</returns>
    internal int Append(Span<byte> buffer, int length)
    {
        Span<byte> signature = stackalloc byte[KeyedHash.MaxLength];
        signature = signature[.._current.Length];
        _current.Compute(buffer[..length], signature);
        buffer[length] = _separator;
        return length + 1 + Base64Url.EncodeToUtf8(signature, buffer[(length + 1)..]);
    }

    /// <summary>What comes before the last separator, when the rest is its signature under any of the keys.</summary>
    internal SignatureProblem TryRemove(ReadOnlySpan<byte> signed, out ReadOnlySpan<byte> value)
    {
        value = default;
        var at = signed.LastIndexOf(_separator);
        if (at < 0) return SignatureProblem.Unsigned;
        var text = signed[(at + 1)..];
        // Longer than any signature, also when it is full of characters that do not count: nothing to look at.
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
