namespace Modular;

enum RouteOutcome
{
    /// <summary>404.</summary>
    NotFound,

    /// <summary>There is a rule, and its values are good.</summary>
    Found,

    /// <summary>405: the path is known, but not with this method.</summary>
    MethodNotAllowed,

    /// <summary>400: the only rule is for WebSockets and the request is not, or the other way round.</summary>
    WebSocketMismatch,

    /// <summary>308, to <see cref="UrlBinding.RedirectUrl"/>.</summary>
    Redirect,
}

/// <summary>Why a request is redirected.</summary>
enum RouteRedirect
{
    None,

    /// <summary>To the same path with a slash more, or with its slashes merged.</summary>
    Path,

    /// <summary>From an alias to the endpoint's usual rule.</summary>
    Alias,

    /// <summary>To the rule that leaves out a default value.</summary>
    Default,

    /// <summary>As the rule itself says.</summary>
    Target,
}

/// <summary>What became of a request's path.</summary>
struct RouteMatch
{
    internal RouteOutcome Outcome { get; private set; }

    /// <summary>The rule that matched; null when none did, and for a <see cref="RouteRedirect.Path"/>.</summary>
    internal Rule? Rule { get; private set; }

    /// <summary>What the rule's variables matched.</summary>
    internal RouteValues Values;

    // By the outcome: the methods or the one rule that was missed, the path or the shorter rule of a redirect.
    object? _detail;

    /// <summary>For 405: the methods of all rules that match the path, sorted. Otherwise empty.</summary>
    internal readonly IReadOnlyList<string> AllowedMethods => Outcome != RouteOutcome.MethodNotAllowed ? [] : (_detail as Rule)?.Methods ?? (IReadOnlyList<string>)_detail!;

    /// <summary>For 405: the same as a header.</summary>
    internal readonly string Allow => (_detail as Rule)?.Allow ?? string.Join(", ", AllowedMethods);

    internal RouteRedirect Redirect { get; private set; }

    /// <summary>The decoded path of a <see cref="RouteRedirect.Path"/>.</summary>
    internal readonly string? RedirectPath => _detail as string;

    /// <summary>The shorter rule of a <see cref="RouteRedirect.Default"/>.</summary>
    internal readonly Rule? RedirectRule => Redirect == RouteRedirect.Default ? _detail as Rule : null;

    /// <summary>How many steps the search took; see <see cref="RouteMatcher.StepLimit"/>.</summary>
    internal int Steps { get; set; }

    /// <summary>True when the search was given up: the answer is then "not found", and worth a line in the log.</summary>
    internal readonly bool StepCapReached => Steps > RouteMatcher.StepLimit;

    /// <summary>An empty one. As <c>default</c>, but the variables' places, half of its bytes, stay what they are: they are written before they are read.</summary>
    internal static void Begin(out RouteMatch match)
    {
        Unsafe.SkipInit(out match);
        match.Outcome = RouteOutcome.NotFound;
        match.Rule = null;
        match._detail = null;
        match.Redirect = RouteRedirect.None;
        match.Steps = 0;
        RouteValues.Begin(out match.Values);
    }

    internal void ToRule(Rule rule) => (Outcome, Rule) = (RouteOutcome.Found, rule);

    internal void ToMethods(IReadOnlyList<string> allowed) => (Outcome, _detail) = (RouteOutcome.MethodNotAllowed, allowed);

    /// <param name="missed">The only rule on the path.</param>
    internal void ToMethodsOf(Rule missed) => (Outcome, _detail) = (RouteOutcome.MethodNotAllowed, missed);

    internal void ToWebSocketMismatch() => Outcome = RouteOutcome.WebSocketMismatch;

    internal void ToPath(string path) => (Outcome, Redirect, _detail) = (RouteOutcome.Redirect, RouteRedirect.Path, path);

    internal void ToOther(RouteRedirect redirect, Rule? rule = null) =>
        (Outcome, Redirect, _detail) = (RouteOutcome.Redirect, redirect, rule);
}
