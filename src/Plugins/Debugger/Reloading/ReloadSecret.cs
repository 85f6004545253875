using System.Security.Cryptography;

namespace Modular.Debugger;

/// <summary>What an application and those that the reloader starts after it have in common, for what is to outlive a reload, such as a debugger's PIN.</summary>
static class ReloadSecret
{
    internal const int Length = 32;

    /// <summary>Made by the process that reloads, and never written anywhere.</summary>
    internal static byte[] OfTheReloader { get; } = RandomNumberGenerator.GetBytes(Length);

    /// <summary>32 bytes for one purpose: the same ones after each reload, others for another purpose and when the program is started again.</summary>
    /// <param name="purpose">Who asks, and for what.</param>
    /// <returns>Null in a program that no reloader started.</returns>
    internal static byte[]? For(string purpose) =>
        ReloadLink.OfThisProcess is { } link ? HKDF.DeriveKey(HashAlgorithmName.SHA256, link.Secret, Length, info: System.Text.Encoding.UTF8.GetBytes(purpose)) : null;
}
