namespace Modular;

sealed class RequestMatcher(AppPlan plan, UrlBuilder links)
{
    internal void Match(RequestContext context, HttpContext http)
    {
        context.Path = RequestPath.ForRouting(http);
        context.Middleware?.Matched(http.Request, context.Path);
        if (plan.TrustedHosts.Count > 0 && !RequestHost.IsTrusted(RequestHost.Of(http), plan.TrustedHosts))
        {
            context.RoutingError = new HttpException(400, "This host is not trusted.");
            return;
        }
        var place = plan.MatchesPlace ? links.Bind(context, http) : null;
        if (place is { IsForeignHost: true }) CoreLog.ForeignHost(plan.Logger, RequestHost.Of(http), plan.Options.ServerName);
        var query = place?.Query(context.Path) ?? new RouteQuery(context.Path, http.Request.Method);
        plan.Routes.Match(query, out context.Match);
        if (context.Match.StepCapReached) CoreLog.StepCapReached(plan.Logger, http.Request.Path.ToString());
        if (context.Match.Outcome != RouteOutcome.Found) return;
        context.Target = plan.Endpoints[context.Match.Rule!.Index];
        SetEndpoint(http, (context.Match.Rule.ProvidesAutomaticOptions ? Preflighted(http, query) : null) ?? context.Target.AspNet);
    }

    // A preflight is for the CORS policy of the method that follows, as in ASP.NET. Only where no view runs, whose guards would be skipped.
    Endpoint? Preflighted(HttpContext http, RouteQuery query)
    {
        if (!HttpMethods.IsOptions(query.Method) || http.Request.Headers.AccessControlRequestMethod is not [{ } method]) return null;
        plan.Routes.Match(query with { Method = method }, out var match);
        return match.Outcome == RouteOutcome.Found ? plan.Endpoints[match.Rule!.Index].AspNet : null;
    }

    internal void MatchAgain(RequestContext context, HttpContext http)
    {
        if (!context.Middleware!.IsMatched(http.Request))
        {
            context.Unmatch();
            Guards.Forget(http);
            SetEndpoint(http, null);
            Match(context, http);
        }
        else if (context.Target is { } target && http.GetEndpoint() is null) SetEndpoint(http, target.AspNet);
    }

    // As ASP.NET's own extension, whose look-up of the feature is more expensive.
    static void SetEndpoint(HttpContext http, Endpoint? endpoint)
    {
        if (http.Features[typeof(IEndpointFeature)] is IEndpointFeature feature) feature.Endpoint = endpoint;
        else http.SetEndpoint(endpoint);
    }

    internal HttpException? ErrorOf(RequestContext context) => context.Target is not null ? null
        : context.RoutingError ??= context.Match.Outcome switch
        {
            RouteOutcome.Redirect => new(Redirects.To(
                links.Bind(context, context.Http).RedirectUrl(in context.Match), StatusCodes.Status308PermanentRedirect)),
            RouteOutcome.MethodNotAllowed => new(405) { Allow = context.Match.Allow },
            RouteOutcome.WebSocketMismatch => new(400),
            _ => new HttpException(404),
        };

    internal Response Options(RequestContext context)
    {
        var response = new Response();
        var methods = string.Join(", ", plan.Routes.AllowedMethods(context.Path, context.Binding?.Domain ?? ""));
        // None for "/x" of a loose "/x/".
        if (methods.Length > 0) response.Headers.Allow = methods;
        return response;
    }
}
