using System.Security.Cryptography;
using System.Text;

namespace Modular.Sessions;

/// <summary>An HMAC with one key.</summary>
/// <remarks>Thread: safe to share.</remarks>
sealed class KeyedHash(SecretKey secret, SignerOptions options)
{
    internal const int MaxLength = 64;

    readonly byte[] _key = DeriveKey(secret.Bytes, options);

    /// <summary>The length of a signature in bytes.</summary>
    internal int Length { get; } = CryptographicOperations.HmacData(options.Digest, [], []).Length;

    internal void Compute(ReadOnlySpan<byte> text, Span<byte> destination) =>
        CryptographicOperations.HmacData(options.Digest, _key, text, destination);

    internal static byte[] DeriveKey(ReadOnlySpan<byte> secret, SignerOptions options)
    {
        var salt = Encoding.UTF8.GetBytes(options.Salt);
        return options.KeyDerivation switch
        {
            KeyDerivation.Concat => CryptographicOperations.HashData(options.Digest, [.. salt, .. secret]),
            KeyDerivation.DjangoConcat => CryptographicOperations.HashData(options.Digest, [.. salt, .. "signer"u8, .. secret]),
            KeyDerivation.Hmac => CryptographicOperations.HmacData(options.Digest, secret, salt),
            _ => secret.ToArray(),
        };
    }
}
