using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Modular.Debugger;

/// <summary>
/// Protects the console with a secret in the debugger's pages and a PIN in the terminal. Both are random in each process, so that two
/// containers never share them (CVE-2019-14806).
/// The PIN and its cookie stay valid after a reload.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="lifetime">The lifetime of the cookie.</param>
/// <param name="reloaded">The source of the PIN in a reloaded program. Otherwise null.</param>
sealed class PinAuthenticator(TimeProvider time, TimeSpan lifetime, byte[]? reloaded = null)
{
    /// <summary>The number of wrong PINs that locks the console.</summary>
    internal const int MostFailures = 10;

    readonly byte[] _macKey = reloaded is null
        ? RandomNumberGenerator.GetBytes(32)
        : HKDF.Expand(HashAlgorithmName.SHA256, reloaded, 32, "cookie"u8.ToArray());
    readonly Lock _counting = new();
    int _failures;

    /// <summary>256 bits, as base64url.</summary>
    internal string Secret { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Nine digits: <c>123-456-789</c>.</summary>
    internal string Pin { get; } = Digits(reloaded).ToString("000-000-000", CultureInfo.InvariantCulture);

    internal TimeSpan Lifetime => lifetime;

    internal bool IsSecret(string? given) => AreSame(given, Secret);

    /// <summary>Checks a PIN, with or without dashes. One at a time, so that at most ten are compared.</summary>
    internal PinAnswer Try(string? given)
    {
        lock (_counting)
        {
            if (_failures >= MostFailures) return PinAnswer.Locked;
            var digits = string.Concat((given ?? "").Where(char.IsAsciiDigit));
            if (AreSame(digits, Pin.Replace("-", "", StringComparison.Ordinal))) return PinAnswer.Right;
            return ++_failures >= MostFailures ? PinAnswer.NowLocked : PinAnswer.Wrong;
        }
    }

    /// <summary>The cookie value of a browser that entered the PIN: the expiry time and its MAC.</summary>
    internal string MakeTicket()
    {
        var end = (time.GetUtcNow() + lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{end}.{Mac(end)}";
    }

    internal bool IsTicket(string? ticket) =>
        ticket?.Split('.') is [var end, var mac] && AreSame(mac, Mac(end))
        && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && time.GetUtcNow().ToUnixTimeSeconds() < seconds;

    // From 128 bits, so that all PINs are equally likely.
    static int Digits(byte[]? reloaded) => reloaded is null ? RandomNumberGenerator.GetInt32(1_000_000_000)
        : (int)(BinaryPrimitives.ReadUInt128BigEndian(HKDF.Expand(HashAlgorithmName.SHA256, reloaded, 16,
            "PIN"u8.ToArray())) % 1_000_000_000);

    string Mac(string end) => Base64Url.EncodeToString(HMACSHA256.HashData(_macKey, Encoding.UTF8.GetBytes($"pin until {end}")));

    static bool AreSame(string? given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given ?? ""), Encoding.UTF8.GetBytes(expected));
}

/// <summary>The result of a PIN check.</summary>
enum PinAnswer
{
    /// <summary>The PIN is correct.</summary>
    Right,

    /// <summary>The PIN is wrong.</summary>
    Wrong,

    /// <summary>The PIN is wrong and was the tenth wrong one.</summary>
    NowLocked,

    /// <summary>The console is locked, so the PIN wasn't checked.</summary>
    Locked,
}
