namespace Modular.Sessions;

/// <summary>The checks that run before the first request. Each message says what to change.</summary>
static class SessionChecks
{
    const int MinKey = 16;
    const string Remedy = "Create a key with \"openssl rand -hex 32\", keep it in the variable MODULAR_SECRET_KEY, and set SecretKey = app.Config[\"SECRET_KEY\"].";

    internal const string NoKey =
        "The session can't be written because it has no secret key. Set SecretKey in app.UseSessions(new() { SecretKey = … }).";

    // Published in Flask's documentation and in widely read tutorials.
    static readonly SecretKey[] WellKnown =
    [
        "A0Zr98j/3yX R~XHH!jmN]LWX/,?RT", new([.. "_5#y2L\"F4Q8z\n"u8, 0xEC, (byte)']', (byte)'/']), "_5#y2L\"F4Q8z\n\xec]/",
        "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf", "you-will-never-guess", "super secret key", "super-secret-key",
        "this is a secret key", "this-is-a-secret-key", "a very secret key", "my precious secret",
        "your-secret-key-here", "your_secret_key_here",
        "change-this-secret-key", "development key!", "fd{H/X5<s@q8z,K}z]:'",
    ];

    internal static string? Keys(SessionsOptions options, bool isDebug)
    {
        if (isDebug || options.AllowWeakKey) return null;
        if (options.SecretKey is not { } key) return $"Modular.Sessions has no secret key, so anyone could forge a session. {Remedy}";
        return Weakness(key) is { } weakness ? $"The secret key of Modular.Sessions {weakness}. {Remedy}" : null;
    }

    internal static string? Refresh(SessionsOptions options) => options is { RefreshUnused: true, RefreshEachRequest: false }
        ? "RefreshUnused = true of Modular.Sessions has no effect because RefreshEachRequest is false. " +
            "Set RefreshEachRequest = true, or remove RefreshUnused."
        : null;

    static string? Weakness(SecretKey key)
    {
        if (key.Length < MinKey) return $"has {key.Length} bytes, and a key shorter than {MinKey} bytes can be guessed";
        foreach (var known in WellKnown)
            if (key.Bytes.SequenceEqual(known.Bytes)) return "is a published example";
        return key.Bytes.IndexOfAnyExcept(key.Bytes[0]) < 0 ? "repeats one byte" : null;
    }

    internal static string? Cookie(SessionsOptions options, CookieOptions cookie)
    {
        var name = options.CookieName;
        var isSecure = options.CookieSecure || options.CookiePartitioned;
        if (name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase) && !(isSecure && cookie is { Domain: null, Path: "/" }))
            return $"The cookie \"{name}\" of Modular.Sessions would be rejected by browsers: " +
                "the prefix __Host- requires Secure, the path / and no domain. Set CookieSecure = true, and remove CookieDomain and " +
                "CookiePath.";
        if (name.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase) && !isSecure)
            return $"The cookie \"{name}\" of Modular.Sessions would be rejected by browsers: the prefix __Secure- requires Secure. " +
                "Set CookieSecure = true.";
        try
        {
            new Response().SetCookie(name, "", cookie);
            return null;
        }
        catch (ModularException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>
    /// Verifies that signing works on this machine: a valid cookie is accepted, and a cookie with a flipped bit is rejected.
    /// </summary>
    internal static string? Canary(SecretKey key, SignerOptions signing, TimeProvider clock)
    {
        var serializer = new SessionSerializer(key, signing, clock);
        var cookie = serializer.Serialize(new Dictionary<string, object?> { ["canary"] = 1 });
        return serializer.Deserialize(cookie, TimeSpan.FromDays(1)).IsGood
            && !serializer.Deserialize($"{(char)(cookie[0] ^ 1)}{cookie.AsSpan(1)}").IsGood ? null :
            "Modular.Sessions couldn't verify its own signature, or accepted a forged one. " +
            "Check the cryptography of this machine (OpenSSL and its policies).";
    }
}
