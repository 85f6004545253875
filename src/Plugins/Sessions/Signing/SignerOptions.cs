using System.Security.Cryptography;

namespace Modular.Sessions;

/// <summary>How values are signed. The defaults are those of itsdangerous' <c>Signer</c>.</summary>
public sealed record SignerOptions
{
    /// <summary>
    /// Separates signatures for different purposes: a value signed with one salt is invalid with another. The salt isn't secret.
    /// </summary>
    public string Salt { get; init; } = "itsdangerous.Signer";

    /// <summary>Separates the value from its signature. Default: a dot. It must not be a base64url character.</summary>
    public char Separator
    {
        get;
        init => field = value is > ' ' and < (char)127 and not ('-' or '_' or '=') && !char.IsAsciiLetterOrDigit(value) ? value
            : throw new ArgumentOutOfRangeException(nameof(Separator), value,
                "Separator must be a printable ASCII character other than a letter, a digit, '-', '_' or '='.");
    } = '.';

    /// <summary>How the signing key is derived from the secret and the salt.</summary>
    public KeyDerivation KeyDerivation { get; init; } = KeyDerivation.DjangoConcat;

    /// <summary>SHA1, SHA256, SHA384 or SHA512. Default SHA1, which is safe here because HMAC doesn't need a collision-free hash.</summary>
    public HashAlgorithmName Digest { get; init; } = HashAlgorithmName.SHA1;

    /// <summary>Old keys. They verify values but don't sign them.</summary>
    public IReadOnlyList<SecretKey> Fallbacks { get; init; } = [];
}

/// <summary>How the signing key is derived from the secret and the salt.</summary>
public enum KeyDerivation
{
    /// <summary>The digest of salt and secret.</summary>
    Concat,

    /// <summary>The digest of salt, the word <c>signer</c> and secret.</summary>
    DjangoConcat,

    /// <summary>The HMAC of the salt with the secret as key. Flask uses it for its cookies.</summary>
    Hmac,

    /// <summary>The secret itself. The salt isn't used.</summary>
    None,
}
