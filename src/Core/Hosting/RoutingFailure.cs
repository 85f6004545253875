namespace Modular;

/// <summary>What a request gets that no rule, or no rule for its method, matched.</summary>
static class RoutingFailure
{
    /// <summary>The error, raised where the view would have run; a redirect is one that no error handler sees.</summary>
    internal static HttpException Of(HttpContext http, RequestState state, AppPlan plan, Links links)
    {
        ref var match = ref state.Match;
        if (match.StepCapReached) Log.StepCapReached(plan.Logger, http.Request.Path.ToString());
        switch (match.Outcome)
        {
            case RouteOutcome.Redirect:
                return new HttpException(Redirects.To(links.Bind(state, http).RedirectUrl(in match), StatusCodes.Status308PermanentRedirect));
            case RouteOutcome.MethodNotAllowed:
                var error = new HttpException(405);
                error.Headers.Allow = string.Join(", ", match.AllowedMethods);
                return error;
            case RouteOutcome.WebSocketMismatch: return new HttpException(400);
            default: return new HttpException(404);
        }
    }

    /// <summary>The automatic answer to OPTIONS: the methods of all rules on this path.</summary>
    internal static Response Options(RequestState state, AppPlan plan)
    {
        var response = new Response();
        var methods = string.Join(", ", plan.Routes.AllowedMethods(state.Path, state.Binding?.Domain ?? ""));
        // None for a rule's other spelling, "/x" of a loose "/x/": then there is no list, not an empty one.
        if (methods.Length > 0) response.Headers.Allow = methods;
        return response;
    }
}
