using System.Security.Cryptography;
using System.Text;

namespace Modular.Sessions;

/// <summary>An HMAC with one key. The keyed state is made once for each thread, which halves the cost of a short text.</summary>
/// <remarks>Thread: safe to share.</remarks>
sealed class KeyedHash
{
    internal const int MaxLength = 64;

    readonly ThreadLocal<IncrementalHash> _hash;

    internal KeyedHash(SecretKey secret, SignerOptions options)
    {
        var algorithm = options.Digest;
        var key = DeriveKey(secret.Bytes, options);
        _hash = new(() => IncrementalHash.CreateHMAC(algorithm, key));
        Length = _hash.Value!.HashLengthInBytes;
    }

    /// <summary>Bytes of a signature.</summary>
    internal int Length { get; }

    internal void Compute(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var hash = _hash.Value!;
        hash.AppendData(text);
        hash.GetHashAndReset(destination);
    }

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
