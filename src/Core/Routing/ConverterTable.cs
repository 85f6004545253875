namespace Modular;

/// <summary>The converters that rules can name, built-in and added ones.</summary>
sealed partial class ConverterTable
{
    internal const string Default = "default";
    readonly Dictionary<string, Func<ConverterArguments, UrlConverter>> _factories = new()
    {
        [Default] = arguments => new StringConverter(arguments),
        ["string"] = arguments => new StringConverter(arguments),
        ["any"] = arguments => new AnyConverter(arguments),
        ["path"] = arguments => new PathConverter(arguments),
        ["int"] = arguments => new IntConverter(arguments),
        ["float"] = arguments => new FloatConverter(arguments),
        ["uuid"] = arguments => new UuidConverter(arguments),
    };

    internal void Add(string name, Func<ConverterArguments, UrlConverter> factory)
    {
        if (!Name.IsMatch(name))
            throw new ModularException($"\"{name}\" cannot name a converter. Use letters, digits and underscores, as in \"list\".");
        if (!_factories.TryAdd(name, factory))
            throw new ModularException($"There is already a converter \"{name}\". Choose another name.");
    }

    internal bool Contains(string name) => _factories.ContainsKey(name);

    internal UrlConverter Create(string name, string arguments, string rule, string variable)
    {
        if (_factories.TryGetValue(name, out var factory)) return factory(new ConverterArguments(name, rule, arguments));
        var remedy = Contains(variable) ? $" The converter comes first: write \"<{variable}:{name}>\"."
            : Suggest.DidYouMean(name, _factories.Keys) is { Length: > 0 } hint ? hint
            : $" Add it first, or use one of {string.Join(", ", _factories.Keys.Order(StringComparer.Ordinal))}.";
        throw new ModularException($"The rule \"{rule}\" names the unknown converter \"{name}\".{remedy}");
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    static partial Regex Name { get; }
}
