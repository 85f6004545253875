namespace Modular.Sessions;

/// <summary>
/// Signs text with the application's secret key, so that a plugin doesn't ask for a key again. <c>app.UseSessions(…)</c> adds it to the
/// services.
/// </summary>
/// <remarks>
/// <para>The text stays readable. Each purpose has a key of its own, which is derived from the secret key with HMAC-SHA256. Old keys in
/// <see cref="SessionsOptions.SecretKeyFallbacks"/> verify, and only the newest key signs.</para>
/// <para>Thread: safe to share.</para>
/// </remarks>
/// <example><code>
/// var token = signer.Sign("unsubscribe", email);
/// if (signer.Unsign("unsubscribe", token, maxAge: TimeSpan.FromDays(3)) is { } address) …
/// </code></example>
public interface ISigner
{
    /// <summary>Returns the value, the time in seconds since 1970, and the signature of both.</summary>
    /// <param name="purpose">What the value is for, such as <c>Modular.Login remember</c>. A value signed for one purpose is invalid for
    /// all others.</param>
    /// <param name="value">The text to sign.</param>
    /// <exception cref="ModularException">The application has no secret key, which only debug mode allows.</exception>
    string Sign(string purpose, string value);

    /// <summary>
    /// Verifies a signed text and returns its value. Null when the text was changed, when it was signed for another purpose or with
    /// another key, and when it is too old. Compares in constant time.
    /// </summary>
    /// <param name="purpose">The purpose that the value was signed for.</param>
    /// <param name="signed">The text to verify. Any text is allowed.</param>
    /// <param name="maxAge">The maximum age, in whole seconds. A value of exactly this age is valid, and one from the future isn't. Null:
    /// any time is valid.</param>
    string? Unsign(string purpose, string signed, TimeSpan? maxAge = null);
}
