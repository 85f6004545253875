using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Modular.Tests.Hosting;

/// <summary>Trusts the header <c>X-Token</c>: the user's name. The user admin has the role admin.</summary>
sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Authentication and authorization, all of it in the application's own services.</summary>
    internal static void AddTo(ModularApp app)
    {
        app.Services.AddAuthentication("token").AddScheme<AuthenticationSchemeOptions, TokenHandler>("token", null);
        app.Services.AddAuthorization(options => options.AddPolicy("admin", policy => policy.RequireRole("admin")));
        app.UseMiddleware(asp => asp.UseAuthentication());
        app.UseMiddleware(asp => asp.UseAuthorization());
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers["X-Token"].ToString() is not { Length: > 0 } name) return Task.FromResult(AuthenticateResult.NoResult());
        var user = new ClaimsIdentity([new(ClaimTypes.Name, name), new(ClaimTypes.Role, name)], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new(new(user), Scheme.Name)));
    }
}
