namespace Modular;

// The hooks and error handlers of one scope. They are bound late, because services are known only when the application is frozen.
sealed class HookSet
{
    readonly List<(ViewKind Kind, Func<ViewServices, Handler> Bind)> _hooks = [];
    readonly Dictionary<object, Func<ViewServices, Handler>> _errors = [];

    internal bool IsEmpty => _hooks.Count + _errors.Count == 0;

    internal void Add(ViewKind kind, Func<ViewServices, Handler> bind) => _hooks.Add((kind, bind));

    internal void AddError(object key, Func<ViewServices, Handler> bind)
    {
        if (!_errors.TryAdd(key, bind)) throw new ModularException(
            $"{(key is Type ? "" : "Status ")}{NameOf(key)} already has an error handler. " +
            "Remove one of the two, or register it on a blueprint.");
    }

    internal static string NameOf(object key) => key is Type type ? type.Name : ((int)key).ToString(CultureInfo.InvariantCulture);

    internal void Join(HookSet other)
    {
        _hooks.AddRange(other._hooks);
        foreach (var (key, bind) in other._errors) AddError(key, bind);
    }

    internal BoundHooks Bind(ViewServices services) => new(
        [.. _hooks.Select(hook => (hook.Kind, hook.Bind(services)))], _errors.ToDictionary(pair => pair.Key, pair => pair.Value(services)));
}

static partial class HookText
{
    /// <summary>True for <c>() => Current.G["a"] = b</c> and <c>() => n++</c>, whose value is a by-product. In doubt false.</summary>
    internal static bool Assigns(string? text) => text is not null && Assignment().IsMatch(text);

    internal static string? ParameterOf(string? text) =>
        SingleParameter().Match(text ?? "") is { Success: true } match ? match.Groups["name"].Value : null;

    // What can be on the left of an assignment.
    const string Target = """
        (?>(?:[\w@.\s]|!(?=[.\[])|\?(?=[.\[])|<[\w.,?\s<>\[\]]+>(?=\()
            |\[(?:[^\[\]"]|"(?:[^"\\]|\\.)*"|\[[^\[\]"]*\])*\]
            |\((?:[^()"]|"(?:[^"\\]|\\.)*"|\((?:[^()"]|"(?:[^"\\]|\\.)*")*\))*\))+)
        """;

    // The lambda's head, then an assignment, or a ++ or -- that is all there is: "++hits > 2 ? …" is a response, and so is "let x = y".
    [GeneratedRegex($"""
        \A\s*(?:(?:static|async)\s+)*(?:@?\w+|\([^()]*(?:\([^()]*\)[^()]*)*\))\s*=>(?>\s*)(?!from\s+\w)
        (?:(?:\+\+|--){Target}\z|{Target}(?:(?:\+\+|--)\s*\z|(?:[-+*/%&|^]|\?\?|<<|>>>?)?=(?![=>])))
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\A\s*(?:(?:static|async)\s+)*\(?\s*@?(?<name>\w+)\s*\)?\s*=>", RegexOptions.CultureInvariant)]
    private static partial Regex SingleParameter();
}
