using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Modular.Sessions;

/// <summary>The secret that signatures are made with: bytes, or text that stands for its UTF-8 bytes. It converts from both by itself.</summary>
/// <remarks>Immutable. It is never shown: <see cref="ToString"/> tells its length only.</remarks>
public sealed class SecretKey
{
    readonly byte[] _bytes;

    /// <summary>Takes a copy of the bytes.</summary>
    public SecretKey(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    /// <summary>Takes the text's UTF-8 bytes, as Flask does.</summary>
    public SecretKey(string text) => _bytes = Encoding.UTF8.GetBytes(text);

    /// <summary>The text's UTF-8 bytes; no key for null, as of an environment variable that is not set.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator SecretKey?(string? text) => text is null ? null : new(text);

    /// <summary>A copy of the bytes; no key for null.</summary>
    [return: NotNullIfNotNull(nameof(bytes))]
    public static implicit operator SecretKey?(byte[]? bytes) => bytes is null ? null : new((ReadOnlySpan<byte>)bytes);

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The length, and nothing of the secret.</summary>
    public override string ToString() => $"a key of {Length} bytes";
}
