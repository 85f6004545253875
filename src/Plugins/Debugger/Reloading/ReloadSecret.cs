using System.Security.Cryptography;

namespace Modular.Debugger;

/// <summary>A secret that an application keeps across reloads, for values such as the debugger's PIN.</summary>
static class ReloadSecret
{
    internal const int Length = 32;

    /// <summary>Created by the reloader and never written to disk.</summary>
    internal static byte[] OfTheReloader { get; } = RandomNumberGenerator.GetBytes(Length);

    /// <summary>
    /// 32 bytes for one purpose. They are the same after each reload, and different for another purpose or after a restart of the program.
    /// </summary>
    /// <param name="purpose">The name of the purpose.</param>
    /// <returns>Null in a program that no reloader started.</returns>
    internal static byte[]? For(string purpose) =>
        ReloadLink.OfThisProcess is { } link
            ? HKDF.DeriveKey(HashAlgorithmName.SHA256, link.Secret, Length, info: System.Text.Encoding.UTF8.GetBytes(purpose))
            : null;
}
