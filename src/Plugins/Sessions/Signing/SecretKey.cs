using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Modular.Sessions;

/// <summary>The secret that signs values: bytes, or text, which is used as its UTF-8 bytes. Both convert implicitly.</summary>
/// <remarks>Immutable. The secret is never shown: <see cref="ToString"/> returns only its length.</remarks>
public sealed class SecretKey
{
    readonly byte[] _bytes;

    /// <summary>Copies the bytes.</summary>
    public SecretKey(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    /// <summary>Uses the UTF-8 bytes of the text, as Flask does.</summary>
    public SecretKey(string text) => _bytes = Encoding.UTF8.GetBytes(text);

    /// <summary>Uses the UTF-8 bytes of the text. Null, such as an unset environment variable, gives a null key.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator SecretKey?(string? text) => text is null ? null : new(text);

    /// <summary>Copies the bytes. Null gives a null key.</summary>
    [return: NotNullIfNotNull(nameof(bytes))]
    public static implicit operator SecretKey?(byte[]? bytes) => bytes is null ? null : new((ReadOnlySpan<byte>)bytes);

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The length in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The length, without the secret.</summary>
    public override string ToString() => $"a key of {Length} bytes";
}
