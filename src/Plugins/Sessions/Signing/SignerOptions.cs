using System.Security.Cryptography;

namespace Modular.Sessions;

/// <summary>How a signature is made. The defaults are those of itsdangerous' <c>Signer</c>.</summary>
public sealed record SignerOptions
{
    /// <summary>Keeps signatures of different uses apart: what was signed with one salt is not taken with another. It is no secret.</summary>
    public string Salt { get; init; } = "itsdangerous.Signer";

    /// <summary>Stands between the value and its signature. Default a dot. It must not be a character of base64url.</summary>
    public char Separator
    {
        get;
        init => field = value is > ' ' and < (char)127 and not ('-' or '_' or '=') && !char.IsAsciiLetterOrDigit(value) ? value
            : throw new ArgumentOutOfRangeException(nameof(Separator), value, "Separator must be printable ASCII, and no letter, digit, '-', '_' or '='.");
    } = '.';

    /// <summary>How the signing key comes from the secret and the salt.</summary>
    public KeyDerivation KeyDerivation { get; init; } = KeyDerivation.DjangoConcat;

    /// <summary>SHA1, SHA256, SHA384 or SHA512. HMAC does not need a collision-free hash, so SHA1 is safe here.</summary>
    public HashAlgorithmName Digest { get; init; } = HashAlgorithmName.SHA1;

    /// <summary>Keys of the past. They verify, and never sign.</summary>
    public IReadOnlyList<SecretKey> Fallbacks { get; init; } = [];
}

/// <summary>How the signing key comes from the secret and the salt.</summary>
public enum KeyDerivation
{
    /// <summary>The digest of salt and secret.</summary>
    Concat,

    /// <summary>The digest of salt, the word <c>signer</c> and secret.</summary>
    DjangoConcat,

    /// <summary>The HMAC of the salt under the secret. Flask's choice for its cookies.</summary>
    Hmac,

    /// <summary>The secret itself; the salt is not used.</summary>
    None,
}
