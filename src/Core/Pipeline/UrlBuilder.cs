namespace Modular;

sealed class UrlBuilder(AppPlan plan)
{
    internal string Build(RequestContext context, string endpoint, UrlOptions options, ReadOnlySpan<(string Name, object? Value)> values)
    {
        // ".show" is the current blueprint's; outside a blueprint the dot is removed.
        if (endpoint.StartsWith('.')) endpoint = string.Join('.', [.. context.Target?.Blueprints ?? [], endpoint[1..]]);
        if (plan.HasUrlDefaults) values = WithDefaults(endpoint, values);
        var place = context.HasRequest ? Bind(context, context.Http) : Outside();
        if (place.ServerName.Length == 0 && (options.External ?? options.Scheme is not null))
            throw new HttpException(StatusCodes.Status400BadRequest, "The request has no valid Host header, which this page needs.");
        try
        {
            return place.Build(endpoint, values, options);
        }
        catch (UrlBuildException error) when (plan.UrlBuildErrors.Count > 0)
        {
            return Ask(error);
        }
    }

    // A handler that can't build it either may throw its own error, which the next handler receives.
    string Ask(UrlBuildException error)
    {
        foreach (var handler in plan.UrlBuildErrors)
        {
            try
            {
                if (handler(error) is { } url) return url;
            }
            catch (UrlBuildException again)
            {
                error = again;
            }
        }
        ExceptionDispatchInfo.Throw(error);
        return null;
    }

    (string Name, object? Value)[] WithDefaults(string endpoint, ReadOnlySpan<(string Name, object? Value)> given)
    {
        var values = new Dictionary<string, object?>();
        foreach (var (name, value) in given) values[name] = value;
        var hooks = plan.Routes.RulesOf(endpoint) is [var rule, ..] ? plan.Endpoints[rule.Index].Hooks : plan.AppHooks;
        foreach (var hook in hooks.UrlDefaults) hook(endpoint, values);
        return [.. values.Select(pair => (pair.Key, pair.Value))];
    }

    internal UrlBinding Bind(RequestContext context, HttpContext http)
    {
        if (context.Binding is { } known) return known;
        var request = http.Request;
        // Over HTTP/2 a handshake is a CONNECT (RFC 8441), which rules don't match.
        var isSocket = plan.MatchesPlace && http.WebSockets.IsWebSocketRequest;
        var place = new UrlPlace(request.Scheme, RequestHost.Of(http), request.PathBase.Value ?? "",
            request.QueryString.Value is ['?', .. var query] ? query : "", isSocket ? HttpMethods.Get : request.Method, isSocket);
        return context.Binding = new(plan.Routes, place, plan.Options.ServerName);
    }

    UrlBinding Outside() => plan.Options.ServerName is { } server
        ? new(plan.Routes, new UrlPlace(plan.Options.PreferredUrlScheme, server, plan.Options.ApplicationRoot),
            subdomain: plan.Options.Routing.DefaultSubdomain, isOutside: true)
        : throw new ModularException("A URL was built outside a request, where the host isn't known."
            + " Write new ModularApp(new() { ServerName = \"example.org\" }), or build it in a view.");
}
