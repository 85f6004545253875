namespace Modular;

/// <summary>Changes a request's values before its view gets them. It may take some out, as a language code.</summary>
/// <param name="endpoint">The matched endpoint; null when no rule matched.</param>
/// <param name="values">The values by name; null when no rule matched.</param>
public delegate void UrlValuePreprocessor(string? endpoint, IDictionary<string, object?>? values);

/// <summary>Adds values to a URL that is being built, those that are not given.</summary>
/// <param name="endpoint">The endpoint that the URL is for.</param>
/// <param name="values">The given values, to be added to.</param>
public delegate void UrlDefaults(string endpoint, IDictionary<string, object?> values);

/// <summary>Builds a URL that the rules cannot.</summary>
/// <param name="error">Why they cannot, with endpoint and values.</param>
/// <returns>The URL, or null to ask the next handler.</returns>
public delegate string? UrlBuildErrorHandler(UrlBuildException error);

/// <summary>What the application and its blueprints do to values and URLs.</summary>
sealed class UrlHooks(IReadOnlyList<UrlBuildErrorHandler> buildErrors)
{
    readonly Dictionary<string, List<UrlValuePreprocessor>> _preprocessors = [];
    readonly Dictionary<string, List<UrlDefaults>> _defaults = [];

    internal IReadOnlyList<UrlBuildErrorHandler> BuildErrors { get; } = buildErrors;

    internal bool HasDefaults => _defaults.Count > 0;
    internal bool HasPreprocessors => _preprocessors.Count > 0;

    /// <param name="blueprint">Its full name; empty for the application.</param>
    /// <param name="preprocessors">Its own functions, or a plugin's for it.</param>
    /// <param name="defaults">Its own functions, or a plugin's for it.</param>
    internal void Add(string blueprint, IReadOnlyList<UrlValuePreprocessor> preprocessors, IReadOnlyList<UrlDefaults> defaults)
    {
        if (preprocessors.Count > 0) Of(_preprocessors, blueprint).AddRange(preprocessors);
        if (defaults.Count > 0) Of(_defaults, blueprint).AddRange(defaults);
    }

    // Runs the preprocessors, the application's first, then from the outermost blueprint inwards. A hook that never ends the request.
    internal ValueTask<Response?> Preprocess(RequestContext context)
    {
        var values = context.Target is null ? null : context.Match.Values.ToDictionary();
        foreach (var scope in Scopes(context.Target?.Blueprints))
            foreach (var hook in _preprocessors.GetValueOrDefault(scope) ?? []) hook(context.Target?.Name, values);
        context.ChangedValues = values;
        return default;
    }

    internal (string Name, object? Value)[] WithDefaults(string endpoint, IReadOnlyList<string> blueprints, ReadOnlySpan<(string Name, object? Value)> given)
    {
        var values = new Dictionary<string, object?>();
        foreach (var (name, value) in given) values[name] = value;
        foreach (var scope in Scopes(blueprints))
            foreach (var hook in _defaults.GetValueOrDefault(scope) ?? []) hook(endpoint, values);
        return [.. values.Select(pair => (pair.Key, pair.Value))];
    }

    static IEnumerable<string> Scopes(IReadOnlyList<string>? blueprints)
    {
        yield return "";
        for (var i = 1; i <= (blueprints?.Count ?? 0); i++) yield return string.Join('.', blueprints!.Take(i));
    }

    static List<T> Of<T>(Dictionary<string, List<T>> all, string blueprint) =>
        all.TryGetValue(blueprint, out var list) ? list : all[blueprint] = [];
}
