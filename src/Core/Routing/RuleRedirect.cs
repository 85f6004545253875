namespace Modular;

/// <summary>Where a rule with <see cref="RuleOptions.RedirectTo"/> or <see cref="RuleOptions.RedirectToUrl"/> sends its requests.</summary>
sealed partial class RuleRedirect
{
    readonly Rule _rule;
    readonly string? _template;
    readonly Func<IReadOnlyDictionary<string, object?>, string>? _function;

    internal RuleRedirect(Rule rule, RuleOptions options)
    {
        (_rule, _template, _function) = (rule, options.RedirectTo, options.RedirectToUrl);
        if (_template is null) return;
        if (_template.IndexOf('{') is >= 0 and var brace)
            ForeignSpelling.Check($"RedirectTo of the rule \"{rule.Text}\"", _template, brace, _template.Length);
        foreach (Match variable in Variable.Matches(_template))
            if (variable.Groups["name"].Value is var name && !rule.Arguments.Contains(name)) throw new ModularException(
                $"The rule \"{rule.Text}\" redirects to \"{_template}\", but has no variable \"{name}\"."
                + (rule.Arguments.Length > 0 ? $" Use one of: {string.Join(", ", rule.Arguments)}." : $" Leave \"<{name}>\" out."));
    }

    /// <summary>The target, resolved against the application's root: RFC 3986 §5.2, without changing how it is written.</summary>
    /// <param name="root">An absolute URL, or a path, that ends with a slash and has no query.</param>
    internal string Target(string root, RouteValues values)
    {
        if (_function is not null) return Resolve(root, _function(values.ToDictionary()));
        var target = Variable.Replace(_template!, variable => Encoded(variable.Groups["name"].Value, values));
        // A value in front could read as another host ("https://…"): it is kept below the root.
        return Resolve(root, Variable.Match(_template!) is { Success: true, Index: 0 } ? "./" + target.TrimStart('/') : target);
    }

    string Encoded(string name, in RouteValues values)
    {
        if (values.Find(name) is not { } value) return "";
        if (_rule.IndexOf(name) is >= 0 and var variable) return _rule.Converters[variable].ToUrl(value);
        return Percent.Encode(UrlWriter.TextOf(value), Percent.PathSafe);
    }

    static string Resolve(string root, string reference)
    {
        if (reference.Length == 0) return root;
        var colon = root[0] == '/' ? -1 : root.IndexOf(':', StringComparison.Ordinal);
        if (Uri.CheckSchemeName(reference.Split(':', 2) is [var scheme, _] ? scheme : null)) return reference;
        if (reference.StartsWith("//", StringComparison.Ordinal)) return root[..(colon + 1)] + reference;
        if (reference[0] is '?' or '#') return root + reference;

        var pathStart = colon < 0 ? 0 : root.IndexOf('/', colon + 3);
        var pathEnd = reference.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : reference.Length;
        var path = reference[0] == '/' ? reference[..pathEnd] : root[pathStart..] + reference[..pathEnd];
        return root[..pathStart] + Slashes.WithoutDots(path) + reference[pathEnd..];
    }

    [GeneratedRegex("<(?<name>[^>]+)>", RegexOptions.ExplicitCapture)]
    static partial Regex Variable { get; }
}
