namespace Modular.Cli;

/// <summary>
/// Finds the rule that a request matches and the reasons why the others don't match. It checks each rule part by part, which is slow.
/// </summary>
sealed class RouteExplainer(ModularApp app)
{
    /// <param name="path">The percent-encoded path of a URL. A query is ignored.</param>
    /// <param name="method">The method in upper or lower case.</param>
    /// <param name="host">The host of the request. Null: the server name, a trusted host, or localhost.</param>
    internal RouteExplanation Explain(string path, string method, string? host)
    {
        var options = app.Options;
        host ??= options.ServerName ?? (options.TrustedHosts is [var trusted, ..] ? trusted : null)?.TrimStart('.');
        using var scope = app.TestRequestContext($"/{path.Split('?', '#')[0].TrimStart('/')}", method,
            baseUrl: host is null ? null : $"{options.PreferredUrlScheme}://{host}/{options.ApplicationRoot.Trim('/')}");
        var request = scope.Context.Request;
        var (asked, error) = (new Asked(request.Path, request.Method, DomainOf(host ?? "localhost")), request.RoutingException);
        return new()
        {
            Path = asked.Path,
            Method = asked.Method,
            Status = error?.Status ?? 200,
            Rule = request.Rule,
            Values = request.ViewArgs ?? new Dictionary<string, object?>(),
            Location = error?.Response?.Headers.Location,
            AllowedMethods = error is { Status: 405 }
                ? error.Headers.Allow.ToString().Split(", ", StringSplitOptions.RemoveEmptyEntries)
                : [],
            Others = [.. app.Rules.Where(rule => rule != request.Rule).Select(rule => (rule, Reason(rule, request.Rule, asked)))],
        };
    }

    // The part of the host that the rule's domain has to match.
    string DomainOf(string host)
    {
        var (routing, name) = (app.Options.Routing, host.Split(':')[0].ToLowerInvariant());
        if (routing.HostMatching) return host.ToLowerInvariant();
        var server = app.Options.ServerName?.Split(':')[0].ToLowerInvariant();
        return !routing.SubdomainMatching
            ? ""
            : server is not null && name.EndsWith($".{server}", StringComparison.Ordinal)
                ? name[..^(server.Length + 1)]
                : routing.DefaultSubdomain;
    }

    static string Reason(Rule rule, Rule? winner, Asked asked)
    {
        if (rule.BuildOnly) return "only builds URLs";
        var domain = RoutePath.Of(rule, rule.Domain, isDomain: true);
        if (domain.Fit(asked.Domain) is not Fit.Whole) return $"is for {Quoted.Text(rule.Domain)}, not for {Quoted.Text(asked.Domain)}";
        var parts = RoutePath.Of(rule, rule.Text, isDomain: false);
        var path = asked.Path;
        var fit = parts.Fit(path);
        if (fit is not Fit.Whole && parts.Fit(path + "/") is var slashed and not Fit.None)
            (fit, path) = (slashed, rule.StrictSlashes ? path + "/" : path);
        if (fit is not Fit.Whole && rule.MergeSlashes && Merged(path) is var merged && parts.Fit(merged) is var clean and not Fit.None)
            (fit, path) = (clean, merged);
        return fit switch
        {
            Fit.None => parts.Mismatch(path),
            Fit.OutOfRange => "has a variable whose value is out of range",
            _ when rule.Methods is { } methods && !methods.Contains(asked.Method) =>
                $"matches the path, but allows only {string.Join(", ", methods)}",
            _ when rule.WebSocket => "matches the path, but accepts only WebSocket handshakes",
            _ when path != asked.Path => $"would redirect to {Quoted.Text(path)}",
            _ when winner is null => "matches, and redirects",
            _ => $"matches too, but {Preference(winner, RoutePath.Of(winner, winner.Text, isDomain: false), parts)}",
        };
    }

    static string Preference(Rule winner, RoutePath first, RoutePath second)
    {
        foreach (var (own, other) in first.Parts.Zip(second.Parts))
        {
            if (own.IsFixed && !other.IsFixed) return $"\"{winner}\" has fixed text where this one has a variable";
            if (!own.IsFixed && !other.IsFixed && own.Weight.AsSpan().SequenceCompareTo(other.Weight) < 0)
                return $"\"{winner}\" has the more precise variable";
        }
        return $"\"{winner}\" was added before it";
    }

    static string Merged(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal)) path = path.Replace("//", "/", StringComparison.Ordinal);
        return path;
    }

    readonly record struct Asked(string Path, string Method, string Domain);
}
