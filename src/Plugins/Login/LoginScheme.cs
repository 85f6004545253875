using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Modular.Login;

/// <summary>The scheme of ASP.NET's authentication that reads the login.</summary>
/// <remarks>
/// Its own handler and not an AuthenticationHandler: that one needs data protection, which would write keys to the disk at start-up.
/// </remarks>
sealed class LoginScheme(LoginGuard guard) : IAuthenticationHandler
{
    /// <summary>The scheme's name, which is also the authentication type of the principal.</summary>
    internal const string Name = "Modular.Login";

    HttpContext _http = null!;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _http = context;
        return Task.CompletedTask;
    }

    public async Task<AuthenticateResult> AuthenticateAsync()
    {
        // Middleware around the application has no request context yet.
        if (Find(_http) is not { } context) return AuthenticateResult.NoResult();
        if (await context.Get(LoginPlugin.Slot).LoadAsync() is not { } user) return AuthenticateResult.NoResult();
        return AuthenticateResult.Success(new(LoginState.PrincipalOf(user), Name));
    }

    public async Task ChallengeAsync(AuthenticationProperties? properties)
    {
        if (Find(_http) is not { } context) _http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else throw new HttpException(await guard.UnauthorizedAsync(context));
    }

    public Task ForbidAsync(AuthenticationProperties? properties)
    {
        if (Find(_http) is not null) throw new HttpException(StatusCodes.Status403Forbidden);
        _http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    static RequestContext? Find(HttpContext http) =>
        Current.HasRequest && Current.Context is var context && ReferenceEquals(context.Http, http) ? context : null;
}

/// <summary>
/// Gives ASP.NET's authorization the login of a request that no other scheme has authenticated, so that <c>UseAuthorization()</c> alone is
/// enough and other requests don't read their session.
/// </summary>
sealed class LoginPolicyEvaluator(IAuthorizationService authorization) : PolicyEvaluator(authorization)
{
    public override async Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context)
    {
        var known = await base.AuthenticateAsync(policy, context);
        if (known.Succeeded || policy.AuthenticationSchemes.Count > 0) return known;
        var login = await context.AuthenticateAsync(LoginScheme.Name);
        if (login.Succeeded) context.User = login.Principal;
        return login;
    }
}
