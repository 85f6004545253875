using System.Security.Cryptography;

namespace Modular.Sessions;

/// <summary>Signs with the keys of the sessions. The keys are derived at each call: a cache could grow without limit.</summary>
sealed class PurposeSigner(SessionsOptions options, TimeProvider clock) : ISigner
{
    internal const string NoKey =
        "A value can't be signed because the application has no secret key. Set SecretKey in app.UseSessions(new() { SecretKey = … }).";

    public string Sign(string purpose, string value) => For(purpose) is { } signer ? signer.Sign(value) : throw new ModularException(NoKey);

    public string? Unsign(string purpose, string signed, TimeSpan? maxAge = null) => For(purpose)?.Unsign(signed, maxAge).Value;

    TimedSigner? For(string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        return options.SecretKey is not { } key ? null : new(key, new()
        {
            // The prefix keeps these keys apart from those of Flask's cookies and of the application's own signers.
            Salt = $"modular-purpose:{purpose}",
            KeyDerivation = KeyDerivation.Hmac,
            Digest = HashAlgorithmName.SHA256,
            Fallbacks = options.SecretKeyFallbacks,
        }, clock);
    }
}
