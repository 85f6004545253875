using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Modular.Debugger;

/// <summary>
/// What opens the console: a secret that only our own pages know, and a PIN that only the terminal shows. Both are new in each process, so that no two containers share them (CVE-2019-14806).
/// After a reload the PIN and its cookie are those of before.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="lifetime">Of the cookie.</param>
/// <param name="reloaded">What the PIN is made of in a program that is reloaded; null elsewhere.</param>
sealed class PinAuthenticator(TimeProvider time, TimeSpan lifetime, byte[]? reloaded = null)
{
    /// <summary>So many wrong PINs, and no other is looked at.</summary>
    internal const int MostFailures = 10;

    readonly byte[] _macKey = reloaded is null ? RandomNumberGenerator.GetBytes(32) : HKDF.Expand(HashAlgorithmName.SHA256, reloaded, 32, "cookie"u8.ToArray());
    readonly Lock _counting = new();
    int _failures;

    /// <summary>256 bits, as base64url.</summary>
    internal string Secret { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Nine digits: <c>123-456-789</c>.</summary>
    internal string Pin { get; } = Digits(reloaded).ToString("000-000-000", CultureInfo.InvariantCulture);

    internal TimeSpan Lifetime => lifetime;

    internal bool IsSecret(string? given) => AreSame(given, Secret);

    /// <summary>Looks at a PIN, with or without its dashes. One at a time, so that no more than ten are ever compared.</summary>
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

    /// <summary>What a browser that knows the PIN is remembered by: when it ends, and a MAC of that.</summary>
    internal string MakeTicket()
    {
        var end = (time.GetUtcNow() + lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{end}.{Mac(end)}";
    }

    internal bool IsTicket(string? ticket) =>
        ticket?.Split('.') is [var end, var mac] && AreSame(mac, Mac(end))
        && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && time.GetUtcNow().ToUnixTimeSeconds() < seconds;

    // Of 128 bits, so that each PIN is as likely.
    static int Digits(byte[]? reloaded) => reloaded is null ? RandomNumberGenerator.GetInt32(1_000_000_000)
        : (int)(BinaryPrimitives.ReadUInt128BigEndian(HKDF.Expand(HashAlgorithmName.SHA256, reloaded, 16, "PIN"u8.ToArray())) % 1_000_000_000);

    string Mac(string end) => Base64Url.EncodeToString(HMACSHA256.HashData(_macKey, Encoding.UTF8.GetBytes($"pin until {end}")));

    static bool AreSame(string? given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given ?? ""), Encoding.UTF8.GetBytes(expected));
}

/// <summary>What came of a PIN.</summary>
enum PinAnswer
{
    /// <summary>It is the one.</summary>
    Right,

    /// <summary>It is not.</summary>
    Wrong,

    /// <summary>It was the tenth wrong one.</summary>
    NowLocked,

    /// <summary>It was not looked at.</summary>
    Locked,
}
