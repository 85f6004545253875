using PlainFunction = System.Func<Modular.RequestContext, System.Collections.Generic.IReadOnlyList<object?>,
    System.Collections.Generic.IReadOnlyList<(string Name, object? Value)>, object?>;

namespace Modular.Templating;

/// <summary>The names that an application, its blueprints and its plugins contribute to templates.</summary>
sealed class TemplateWords
{
    readonly Dictionary<string, TemplateFilter> _filters;
    readonly Dictionary<string, Func<RequestContext, object?>> _globals;
    readonly Dictionary<string, Func<RequestContext, TemplateArguments, object?>> _functions = BuiltInGlobals.Functions();
    readonly List<string> _problems = [];

    internal TemplateWords(ModularApp app)
    {
        (_filters, _globals) = (BuiltInFilters.For(app.Json), BuiltInGlobals.Values(app.Config));
        HashSet<string> filterNames = [.. _filters.Keys, "h"];          // "h" is Liquid's other word for "escape"
        HashSet<string> globalNames = [.. _globals.Keys, .. _functions.Keys];
        Word[] filters = [.. Words<TemplateFilter>(app)], globals = [.. Words<Func<RequestContext, object?>>(app)];
        Word[] functions =
            [.. Words<PlainFunction>(app).Concat(Words<Func<RequestContext, TemplateArguments, object?>>(app)).OrderBy(IsOwn)];

        foreach (var word in filters) _filters[word.Name] = (TemplateFilter)word.Value;
        foreach (var word in globals) _globals[word.Name] = (Func<RequestContext, object?>)word.Value;
        foreach (var word in functions)
            _functions[word.Name] = word.Value as Func<RequestContext, TemplateArguments, object?> ?? Called((PlainFunction)word.Value);
        Processors = app.Contributions<ContextProcessor>().OrderByDescending(item => item.Plugin is null)
            .GroupBy(item => item.Blueprint, item => item.Value)
            .ToDictionary(scope => scope.Key, IReadOnlyList<ContextProcessor> (scope) => [.. scope]);

        _problems.AddRange(Clashes("the template global", globals.Concat(functions)));
        _problems.AddRange(Clashes("the template filter", filters));
        // In Handlebars, a function with a filter's name would take its place.
        foreach (var (name, _, plugin) in filters.Concat(functions).Where(word => filterNames.Contains(word.Name)))
            _problems.Add($"{plugin ?? "The application"} adds the template filter \"{name}\", which is built in. Give it another name.");
        foreach (var (name, _, plugin) in globals.Concat(functions).Where(word => !IsOwn(word) && globalNames.Contains(word.Name)))
            _problems.Add($"{plugin} adds the template global \"{name}\", which is built in. Give it another name.");
    }

    readonly record struct Word(string Name, object Value, string? Plugin);

    internal IReadOnlyDictionary<string, TemplateFilter> Filters => _filters;
    internal IReadOnlyDictionary<string, Func<RequestContext, object?>> Globals => _globals;
    internal IReadOnlyDictionary<string, Func<RequestContext, TemplateArguments, object?>> Functions => _functions;

    /// <summary>The context processors by blueprint name. The application's have an empty name.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<ContextProcessor>> Processors { get; }

    internal IReadOnlyList<string> Problems => _problems;

    // Those of a blueprint that is registered twice come twice.
    static IEnumerable<Word> Words<T>(ModularApp app) where T : class =>
        app.Contributions<T>().Select(item => new Word(item.Name, item.Value, item.Plugin)).Distinct();

    // The application's words come after the plugins', and the last word with a name is used.
    static bool IsOwn(Word word) => word.Plugin is null;

    static Func<RequestContext, TemplateArguments, object?> Called(PlainFunction function) =>
        (context, arguments) => function(context, arguments.Positional, arguments.Named);

    /// <summary>The names that more than one plugin adds, or one plugin twice.</summary>
    static IEnumerable<string> Clashes(string what, IEnumerable<Word> words) =>
        from word in words
        where !IsOwn(word)
        group word.Plugin by word.Name into claim
        where claim.Count() > 1
        let ids = claim.Distinct().ToList()
        select ids.Count == 1
            ? $"{ids[0]} claims {what} \"{claim.Key}\" twice. Declare it once in Install."
            : $"{string.Join(", ", ids[..^1])} and {ids[^1]} claim {what} \"{claim.Key}\". Install only one of them.";
}
