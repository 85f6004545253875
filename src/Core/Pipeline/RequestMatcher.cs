namespace Modular;

/// <summary>Finds the endpoint of a request, and again when middleware changed the path or the method.</summary>
sealed class RequestMatcher(AppPlan plan, Links links)
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
        if (plan.MatchesPlace) MatchPlace(context, http);
        else plan.Routes.Match(new RouteQuery(context.Path, http.Request.Method), out context.Match);
        if (context.Match.StepCapReached) Log.StepCapReached(plan.Logger, http.Request.Path.ToString());
        if (context.Match.Outcome != RouteOutcome.Found) return;
        context.Target = plan.Endpoints[context.Match.Rule!.Index];
        SetEndpoint(http, context.Target.AspNet);
    }

    // Hosts, subdomains and WebSockets decide too, in applications that have rules for them.
    void MatchPlace(RequestContext context, HttpContext http)
    {
        var place = links.Bind(context, http);
        if (place.IsForeignHost) Log.ForeignHost(plan.Logger, RequestHost.Of(http), plan.Options.ServerName);
        plan.Routes.Match(place.Query(context.Path), out context.Match);
    }

    // As ASP.NET's own extension, which looks the feature up in a more expensive way.
    static void SetEndpoint(HttpContext http, Endpoint? endpoint)
    {
        if (http.Features[typeof(IEndpointFeature)] is IEndpointFeature feature) feature.Endpoint = endpoint;
        else http.SetEndpoint(endpoint);
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
}
