namespace Modular;

/// <summary>What of a request decides its route: the decoded path, and <see cref="UrlBinding.Domain"/>.</summary>
readonly record struct RouteQuery(string Path, string Method, string Domain = "", bool WebSocket = false);

/// <summary>The answers 404, 200, 405, 400 (only one of rule and request is for WebSockets), and 308.</summary>
enum RouteOutcome : byte { NotFound, Found, MethodNotAllowed, WebSocketMismatch, Redirect }

/// <summary>
/// Where a request is redirected: to its path with a slash more or with slashes merged, from an alias to the usual rule, to the rule
/// that leaves out a default value, or as the rule itself says.
/// </summary>
enum RouteRedirect : byte { None, Path, Alias, Default, Target }

/// <summary>What became of a request's path.</summary>
struct RouteMatch
{
    internal RouteValues Values;

    // By the outcome: the methods that were missed, the path or the shorter rule of a redirect.
    object? _detail;

    internal RouteOutcome Outcome { get; private set; }

    internal RouteRedirect Redirect { get; private set; }

    /// <summary>The rule that matched; null when none did, and for a <see cref="RouteRedirect.Path"/>.</summary>
    internal readonly Rule? Rule => Values.Rule;

    /// <summary>For 405: the methods of all rules that match the path, sorted. Otherwise empty.</summary>
    internal readonly IReadOnlyList<string> AllowedMethods => _detail as IReadOnlyList<string> ?? [];

    internal readonly string Allow => string.Join(", ", AllowedMethods);

    /// <summary>The decoded path of a <see cref="RouteRedirect.Path"/>.</summary>
    internal readonly string? RedirectPath => _detail as string;

    /// <summary>The shorter rule of a <see cref="RouteRedirect.Default"/>.</summary>
    internal readonly Rule? RedirectRule => _detail as Rule;

    /// <summary>How many steps the search took; see <see cref="RouteTree.StepLimit"/>.</summary>
    internal int Steps { get; set; }

    /// <summary>True when the search was given up: the answer is then "not found", and worth a line in the log.</summary>
    internal readonly bool StepCapReached => Steps > RouteTree.StepLimit;

    internal void ToRule(RoutingOptions options, string method)
    {
        Outcome = RouteOutcome.Found;
        if (Rule!.Alias && options.RedirectDefaults) ToRedirect(RouteRedirect.Alias);
        else if (ShorterFor(method) is { } shorter) ToRedirect(RouteRedirect.Default, shorter);
        else if (Rule.Redirect is not null) ToRedirect(RouteRedirect.Target);
    }

    internal void ToRedirect(RouteRedirect redirect, object? detail = null) =>
        (Outcome, Redirect, _detail) = (RouteOutcome.Redirect, redirect, detail);

    internal void ToMethods(IReadOnlyList<string> missed) => (Outcome, _detail) = (RouteOutcome.MethodNotAllowed, missed);

    internal void ToWebSocketMismatch() => Outcome = RouteOutcome.WebSocketMismatch;

    // The first rule whose defaults are the values that were matched.
    readonly Rule? ShorterFor(string method)
    {
        foreach (var candidate in Rule!.Shorter)
            if (candidate.Answers(method) && HasDefaultsOf(candidate)) return candidate;
        return null;
    }

    readonly bool HasDefaultsOf(Rule candidate)
    {
        foreach (var (name, value) in candidate.DefaultPairs)
            if (!RouteValues.AreSame(value, Values.Find(name))) return false;
        return true;
    }
}
