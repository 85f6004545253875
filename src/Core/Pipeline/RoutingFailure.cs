namespace Modular;

/// <summary>What a request gets that no rule, or no rule for its method, matched.</summary>
static class RoutingFailure
{
    // The answer as it is, where no error handler, trap or negotiation asks for the error; else null.
    internal static Response? Page(RequestContext context, AppPlan plan)
    {
        if (context.RoutingError is not null || plan.MissChains.Count > 0 || plan.Options.NegotiateErrors || plan.Options.TrapHttpExceptions) return null;
        switch (context.Match.Outcome)
        {
            case RouteOutcome.NotFound when !context.Hooks.Errors.HandleRouting(404):
                return ErrorPage.Usual(404);
            case RouteOutcome.MethodNotAllowed when !context.Hooks.Errors.HandleRouting(405):
                var page = ErrorPage.Usual(405);
                page.Headers.Allow = context.Match.Allow;
                return page;
            default: return null;
        }
    }

    internal static HttpException Of(RequestContext context, Links links)
    {
        switch (context.Match.Outcome)
        {
            case RouteOutcome.Redirect:
                return new HttpException(Redirects.To(links.Bind(context, context.Http).RedirectUrl(in context.Match), StatusCodes.Status308PermanentRedirect));
            case RouteOutcome.MethodNotAllowed:
                var error = new HttpException(405);
                error.Headers.Allow = context.Match.Allow;
                return error;
            case RouteOutcome.WebSocketMismatch: return new HttpException(400);
            default: return new HttpException(404);
        }
    }

    internal static Response Options(RequestContext context, AppPlan plan)
    {
        var response = new Response();
        var methods = string.Join(", ", plan.Routes.AllowedMethods(context.Path, context.Binding?.Domain ?? ""));
        // None for a rule's other spelling, "/x" of a loose "/x/": then there is no list, not an empty one.
        if (methods.Length > 0) response.Headers.Allow = methods;
        return response;
    }
}
