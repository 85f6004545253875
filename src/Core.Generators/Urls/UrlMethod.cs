namespace Modular.Generators;

/// <summary>A method of the class <c>Urls</c>.</summary>
/// <param name="Class">The nested classes, joined by dots; empty for the application's own endpoints.</param>
/// <param name="Direct">True when the method may write the URL without <c>UrlFor</c>.</param>
sealed record UrlMethod(string Class, string Name, string Endpoint, string Rule, bool Direct) : IEquatable<UrlMethod>
{
    internal ParsedRule Parsed { get; init; } = null!;
    internal IReadOnlyList<UrlParameter> Parameters { get; init; } = [];
    internal string Signature => string.Join(",", Parameters.Select(parameter => parameter.Type));

    // All else follows from these.
    public bool Equals(UrlMethod? other) => other is not null && (Class, Name, Endpoint, Rule, Direct) == (other.Class, other.Name, other.Endpoint, other.Rule, other.Direct);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Rule);
}

sealed record UrlParameter(string Variable, string Name, string Type, UrlConverter Converter);

/// <summary>All methods, in the order in which they are written. Equal by value.</summary>
sealed class UrlMethods(IReadOnlyList<UrlMethod> all) : IEquatable<UrlMethods>
{
    static readonly string[] Reserved = ["Equals", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString", "Finalize", "Urls", "TypedUrls", "TypedQuery"];

    internal IReadOnlyList<UrlMethod> All { get; } = all;

    public bool Equals(UrlMethods? other) => other is not null && All.SequenceEqual(other.All);

    public override bool Equals(object? obj) => Equals(obj as UrlMethods);

    public override int GetHashCode() => All.Count;

    internal static UrlMethods Of(EndpointTable table)
    {
        List<UrlMethod> all = [];
        foreach (var endpoint in table.Rules.GroupBy(rule => rule.FullName))
        {
            var rules = endpoint.ToList();
            if (NameOf(rules[0].Endpoint) is not { } name) continue;
            var classes = rules[0].Blueprints.All.Select(NameOf).ToList();
            if (classes.Contains(null) || classes.Contains(name) || classes.Distinct().Count() != classes.Count) continue;
            List<UrlMethod> methods = [];
            foreach (var rule in rules) methods.Add(MethodOf(rule, string.Join(".", classes), name));
            // Rules with the same variables are one method, which UrlFor decides about.
            var different = methods.GroupBy(method => string.Join(",", method.Parameters.Select(parameter => $"{parameter.Type} {parameter.Name}")))
                .Select(group => group.First() is var first && group.All(other => other.Rule == first.Rule) ? first : first with { Direct = false }).ToList();
            // A call could mean either of them.
            if (different.Select(method => method.Signature).Distinct().Count() < different.Count
                || (different.Count > 1 && different.Any(method => method.Parameters.Any(parameter => parameter.Type == "object")))) continue;
            all.AddRange(different);
        }
        // Two endpoints with one name in C#, or an endpoint named like a blueprint.
        var nested = all.Select(method => method.Class).Distinct().SelectMany(Outer).ToImmutableHashSet();
        return new([.. all.GroupBy(method => (method.Class, method.Name))
            .Where(group => group.Select(method => method.Endpoint).Distinct().Count() == 1 && !nested.Contains(Inside(group.Key.Class, group.Key.Name)))
            .SelectMany(group => group).OrderBy(method => method.Class, StringComparer.Ordinal).ThenBy(method => method.Name, StringComparer.Ordinal)
            .ThenBy(method => method.Signature, StringComparer.Ordinal)]);

        static IEnumerable<string> Outer(string name)
        {
            for (; name.Length > 0; name = name.LastIndexOf('.') is >= 0 and var dot ? name[..dot] : "") yield return name;
        }

        static string Inside(string type, string name) => type.Length == 0 ? name : $"{type}.{name}";
    }

    static UrlMethod MethodOf(KnownRule rule, string type, string name)
    {
        List<UrlParameter> parameters = [];
        for (var i = 0; i < rule.Parsed.Variables.Count; i++)
        {
            var (variable, converter) = (rule.Parsed.Variables[i], rule.Parsed.ConvertersOf[i]);
            parameters.Add(new(variable, SyntaxFacts.GetKeywordKind(variable) != SyntaxKind.None ? $"@{variable}" : variable, TypeOf(converter), converter));
        }
        return new(type, name, rule.FullName, rule.Text, !rule.HasDefaults && UrlsWriter.CanWrite(rule.Parsed))
        {
            Parsed = rule.Parsed, Parameters = parameters,
        };
    }

    static string TypeOf(UrlConverter converter) => converter.IsCustom ? "object" : converter.Name switch
    {
        "int" => "long",
        "float" => "double",
        "uuid" => "global::System.Guid",
        _ => "string",
    };

    /// <summary><c>show_user</c> as <c>ShowUser</c>; null when that isn't a name.</summary>
    internal static string? NameOf(string name)
    {
        var result = new StringBuilder();
        var isStart = true;
        foreach (var c in name)
        {
            var isLetter = c < 128 ? c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') : SyntaxFacts.IsIdentifierPartCharacter(c);
            if (isLetter) result.Append(isStart ? char.ToUpperInvariant(c) : c);
            else if (c is not ('_' or '-' or ' ')) return null;
            isStart = !isLetter;
        }
        return SyntaxFacts.IsValidIdentifier(result.ToString()) && !Reserved.Contains(result.ToString()) ? result.ToString() : null;
    }
}
