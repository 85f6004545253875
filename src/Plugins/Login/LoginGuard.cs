using Microsoft.AspNetCore.Authorization;

namespace Modular.Login;

/// <summary>Refuses requests that need a login. It runs before the hooks of the application.</summary>
sealed class LoginGuard(LoginService login)
{
    internal ValueTask<Response?> CheckAsync(RequestContext context)
    {
        var required = Required(context);
        return required is not null ? CheckAsync(context, required)
            : login.Options.LoadAlways && !IsStatic(context.Endpoint) ? LoadAsync(context)
            : default;
    }

    static async ValueTask<Response?> LoadAsync(RequestContext context)
    {
        await context.Get(LoginPlugin.Slot).LoadAsync();
        return null;
    }

    async ValueTask<Response?> CheckAsync(RequestContext context, LoginRequiredAttribute required)
    {
        var state = context.Get(LoginPlugin.Slot);
        if (await state.LoadAsync() is null) return await UnauthorizedAsync(context);
        if (required.IsFresh && !state.IsFresh) return await NeedsRefreshAsync(context);
        // For views that take a ClaimsPrincipal. An identity of another scheme stays the first.
        if (context.Http.User.Identity is not { IsAuthenticated: true }) context.Http.User = state.Principal!;
        else if (!context.Http.User.Identities.Any(identity => identity.AuthenticationType == LoginScheme.Name) && !state.IsOfOtherScheme)
            context.Http.User = new([.. context.Http.User.Identities, .. state.Principal!.Identities]);
        return null;
    }

    /// <summary>The response for a visitor who isn't logged in.</summary>
    internal ValueTask<Response> UnauthorizedAsync(RequestContext context)
    {
        context.Notify(new LoginEvent(LoginEventKind.Unauthorized, null));
        return login.Options.Unauthorized is { } own ? own(context) : new(ToLogIn(context, login.Options.LoginView));
    }

    ValueTask<Response> NeedsRefreshAsync(RequestContext context) => login.Options.NeedsRefresh is { } own
        ? own(context)
        : new(ToLogIn(context, login.Options.RefreshView ?? login.Options.LoginView));

    internal static Response ToLogIn(RequestContext context, string? view)
    {
        if (view is null || !WantsPage(context)) throw new HttpException(StatusCodes.Status401Unauthorized);
        if (context.Endpoint == view) throw new ModularException(
            LoginViewCheck.Problem(view));
        var next = NextUrl.Here(context.Http.Request);
        var status = next is null ? StatusCodes.Status303SeeOther : StatusCodes.Status302Found;
        if (!LoginService.IsAddress(view)) return Functions.Redirect(Functions.UrlFor(view, ("next", next)), status);
        if (next is null) return Functions.Redirect(view, status);
        var separator = view.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return Functions.Redirect($"{view}{separator}next={Uri.EscapeDataString(next)}", status);
    }

    // Scripts and APIs need the status. A redirect would give them a page.
    static bool WantsPage(RequestContext context) => context.Request is var request
        && !context.Http.WebSockets.IsWebSocketRequest
        && !request.IsJson
        && request.Headers.XRequestedWith != "XMLHttpRequest"
        && (request.Headers.Accept.Count == 0 || request.Accept.Best("text/html", "application/json") == "text/html");

    // The last one counts: the metadata of a rule comes after that of its blueprint.
    static LoginRequiredAttribute? Required(RequestContext context)
    {
        if (context.Endpoint is null || context.Http.GetEndpoint()?.Metadata is not { } metadata
            || metadata.GetMetadata<LoginRequiredAttribute>() is null) return null;
        return HttpMethods.IsOptions(context.Http.Request.Method) && IsAutomaticOptions(metadata) ? null : Required(metadata);
    }

    /// <summary>What an endpoint requires, or null.</summary>
    internal static LoginRequiredAttribute? Required(EndpointMetadataCollection metadata)
    {
        LoginRequiredAttribute? nearest = null;
        for (var i = metadata.Count - 1; i >= 0 && metadata[i] is not IAllowAnonymous; i--)
        {
            if (metadata[i] is not LoginRequiredAttribute required) continue;
            // A fresh login is also a login, so a nearer LoginRequired doesn't lift it.
            if (required.IsFresh) return required;
            nearest ??= required;
        }
        return nearest;
    }

    // The framework's own answer has only the methods, and a browser's preflight has no cookies.
    static bool IsAutomaticOptions(EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>() is { } methods && !methods.HttpMethods.Contains("OPTIONS");

    // A path without a rule has an error page, which may show the user.
    static bool IsStatic(string? endpoint) => endpoint is "static" || endpoint?.EndsWith(".static", StringComparison.Ordinal) is true;
}
