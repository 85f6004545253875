using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Modular.Login;

/// <summary>Hashes passwords for the database, in Werkzeug's format: Flask applications and Modular verify each other's hashes.</summary>
/// <remarks>
/// <para>New hashes are PBKDF2 with HMAC-SHA256 and 600,000 iterations: <c>pbkdf2:sha256:600000$salt$hash</c>. Hashes of Werkzeug by PBKDF2
/// and scrypt, and of ASP.NET Core Identity, are verified too.</para>
/// <para>A hash takes a processor a tenth of a second or more, by design. Limit attempts with <c>ThrottleLogin</c>.</para>
/// </remarks>
public static class Passwords
{
    const int Iterations = 600_000;
    const string SaltCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // For users who don't exist.
    const string Placeholder = "pbkdf2:sha256:600000$aaaaaaaaaaaaaaaa$";

    // Of the process, as its processors are.
    static readonly SemaphoreSlim Free = new(Math.Max(1, Environment.ProcessorCount - 1));

    /// <summary>Hashes a password with a new random salt.</summary>
    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetString(SaltCharacters, 16);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, Encoding.UTF8.GetBytes(salt), Iterations, HashAlgorithmName.SHA256, 32);
        return string.Create(CultureInfo.InvariantCulture, $"pbkdf2:sha256:{Iterations}${salt}${Convert.ToHexStringLower(hash)}");
    }

    /// <summary>True when the password has this hash. Compares in constant time.</summary>
    /// <param name="hash">
    /// The stored hash. Null for a user who doesn't exist: the check then takes the same time and fails, so that the time doesn't reveal
    /// which users exist.
    /// </param>
    /// <param name="password">What the visitor entered.</param>
    /// <exception cref="ModularException">The hash was made by a method that isn't supported.</exception>
    public static bool Verify(string? hash, string password)
    {
        var known = hash ?? Placeholder;
        if (!known.Contains('$', StringComparison.Ordinal)) return VerifyIdentity(known, password);
        if (known.Split('$') is not [var method, var salt, var hex]) throw Unsupported(known);
        var expected = method.Split(':') switch
        {
            ["pbkdf2", var digest, var count] when Number(count) is > 0 and var iterations && Algorithm(digest) is { } algorithm =>
                Rfc2898DeriveBytes.Pbkdf2(password, Encoding.UTF8.GetBytes(salt), iterations, algorithm, SizeOf(algorithm)),
            ["scrypt", var cost, var size, var parallel]
                when (Number(cost), Number(size), Number(parallel)) is var (n, r, p) && Scrypt.Allows(n, r, p) =>
                Scrypt.Hash(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(salt), n, r, p, 64),
            _ => throw Unsupported(known),
        };
        return AreSame(expected, hex) && hash is not null;
    }

    /// <summary>
    /// As <see cref="Hash"/>, for sites with many log-ins at once: one processor always stays free for other requests, and those that wait
    /// use no thread.
    /// </summary>
    /// <param name="password">What the visitor entered.</param>
    /// <param name="cancellationToken">Ends the wait for a processor.</param>
    public static Task<string> HashAsync(string password, CancellationToken cancellationToken = default) =>
        RunAsync(() => Hash(password), cancellationToken);

    /// <summary>As <see cref="Verify"/>, with the limit of <see cref="HashAsync"/>.</summary>
    /// <param name="hash">The stored hash, or null for a user who doesn't exist.</param>
    /// <param name="password">What the visitor entered.</param>
    /// <param name="cancellationToken">Ends the wait for a processor.</param>
    /// <exception cref="ModularException">The hash was made by a method that isn't supported.</exception>
    public static Task<bool> VerifyAsync(string? hash, string password, CancellationToken cancellationToken = default) =>
        RunAsync(() => Verify(hash, password), cancellationToken);

    /// <summary>
    /// True when <see cref="Hash"/> would make a stronger hash. Store a new one then, after <see cref="Verify"/>: the password is known.
    /// </summary>
    public static bool NeedsRehash(string hash) =>
        !(hash.Split('$')[0].Split(':') is ["pbkdf2", "sha256" or "sha512", var count]
            && Number(count) >= Iterations);

    static async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await Free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            Free.Release();
        }
    }

    static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    static bool AreSame(byte[] expected, string hex) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Convert.ToHexStringLower(expected)), Encoding.UTF8.GetBytes(hex));

    static HashAlgorithmName? Algorithm(string name) => name switch
    {
        "sha1" => HashAlgorithmName.SHA1,
        "sha256" => HashAlgorithmName.SHA256,
        "sha384" => HashAlgorithmName.SHA384,
        "sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    static int SizeOf(HashAlgorithmName algorithm) => CryptographicOperations.HashData(algorithm, []).Length;

    // Base64 without a name of the method.
    static bool VerifyIdentity(string hash, string password)
    {
        try
        {
            return new PasswordHasher<string>().VerifyHashedPassword("", hash, password) != PasswordVerificationResult.Failed;
        }
        catch (FormatException)
        {
            throw Unsupported(hash);
        }
    }

    // Without the hash itself, because errors are logged.
    static ModularException Unsupported(string hash)
    {
        var method = hash.Split('$') is [{ Length: > 0 and < 40 } name, _, ..] ? $"\"{name}\"" : "another method";
        return new($"A password hash was made by {method}, which Passwords.Verify doesn't support. " +
            "Verify it with a library for that method, and store Passwords.Hash(password) after the next log-in.");
    }
}
