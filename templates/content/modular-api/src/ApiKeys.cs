using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

/// <summary>
/// Clients send a key: <c>Authorization: Bearer …</c>. The configuration contains the hash of each user's key:
/// <c>MODULAR_ApiKeys__ada=…</c>. A key is long and random, so one round of SHA-256 is enough.
/// </summary>
static class ApiKeys
{
    internal const string Scheme = "Bearer";

    internal static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>The user whose key it is, or null.</summary>
    internal static string? UserOf(string key, IConfiguration config)
    {
        var hash = Encoding.ASCII.GetBytes(Hash(key));
        return config.GetSection("ApiKeys").GetChildren()
            .FirstOrDefault(user => CryptographicOperations.FixedTimeEquals(hash, Encoding.UTF8.GetBytes(user.Value ?? "")))?.Key;
    }

    internal static AppCommand NewKeyCommand()
    {
        var user = new CommandParameter<string>("user", "The user of the key.");
        return new("new-key", "Creates a key for a user.", call =>
        {
            var key = RandomNumberGenerator.GetHexString(64, lowercase: true);
            call.Output.WriteLine($"The key, for the client:           {key}");
            call.Output.WriteLine($"Its hash, for the configuration:   MODULAR_ApiKeys__{call.Get(user)}={Hash(key)}");
        })
        {
            Parameters = [user],
            Examples = ["new-key ada"],
        };
    }
}

/// <summary>
/// Reads the key of a request. The errors of the authorization are thrown, so that the application's error handler writes them.
/// </summary>
sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IConfiguration config)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        throw new HttpException(401, "Send a valid key in the header Authorization: Bearer KEY.") { Headers = { WWWAuthenticate = "Bearer" } };

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => throw new HttpException(403);

    AuthenticateResult Authenticate()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var sent)
            || !sent.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || sent.Parameter is not { } key)
            return AuthenticateResult.NoResult();
        if (ApiKeys.UserOf(key, config) is not { } user) return AuthenticateResult.Fail("The key isn't known.");
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, user)], authenticationType: ApiKeys.Scheme);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), ApiKeys.Scheme));
    }
}
