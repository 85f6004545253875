namespace Modular;

/// <summary>Where a rule with <see cref="RuleOptions.RedirectTo"/> or <see cref="RuleOptions.RedirectToUrl"/> sends its requests.</summary>
sealed class RuleRedirect
{
    readonly List<RuleToken> _template = [];
    readonly Func<IReadOnlyDictionary<string, object?>, string>? _function;

    RuleRedirect(Func<IReadOnlyDictionary<string, object?>, string>? function) => _function = function;

    /// <summary>Null when the rule redirects nowhere.</summary>
    /// <exception cref="ModularException">The template names a variable that the rule does not have.</exception>
    internal static RuleRedirect? Of(Rule rule, RuleOptions options)
    {
        if (options is { RedirectTo: null, RedirectToUrl: null }) return null;
        var redirect = new RuleRedirect(options.RedirectToUrl);
        if (options.RedirectTo is { } to) ForeignSpelling.CheckBraces($"RedirectTo of the rule \"{rule.Text}\"", to, 0, to.Length);
        for (var rest = options.RedirectTo.AsSpan(); !rest.IsEmpty;)
        {
            var open = rest.IndexOf('<');
            var close = open < 0 ? -1 : rest[open..].IndexOf('>');
            if (close <= 1)
            {
                redirect._template.Add(new(RuleTokenKind.Fixed, rest.ToString()));
                break;
            }
            var name = rest.Slice(open + 1, close - 1).ToString();
            if (!rule.Arguments.Contains(name))
                throw new ModularException(
                    $"The rule \"{rule.Text}\" redirects to \"{options.RedirectTo}\", but has no variable \"{name}\"."
                    + (rule.Arguments.Length > 0 ? $" Use one of: {string.Join(", ", rule.Arguments)}." : $" Leave \"<{name}>\" out."));
            redirect._template.Add(new(RuleTokenKind.Fixed, rest[..open].ToString()));
            redirect._template.Add(new(RuleTokenKind.Variable, name));
            rest = rest[(open + close + 1)..];
        }
        return redirect;
    }

    /// <summary>The target, absolute or to be resolved against the application's root.</summary>
    internal string Target(Rule rule, in RouteValues values)
    {
        if (_function is not null) return _function(values.ToDictionary());
        var writer = new UrlWriter(stackalloc char[UrlWriter.StackSize]);
        foreach (var token in _template)
        {
            if (token.Kind == RuleTokenKind.Fixed) writer.Append(token.Text);
            else if (values.Find(token.Text) is { } value) Append(ref writer, rule, token.Text, value);
        }
        var target = writer.ToStringAndDispose();
        // A value in front could read as another host ("https://…"): it is kept below the root.
        return _template is [{ Text: "" }, ..] ? "./" + target.TrimStart('/') : target;
    }

    static void Append(ref UrlWriter writer, Rule rule, string name, object value)
    {
        if (rule.IndexOf(name) is var variable and >= 0) rule.Converters[variable].AppendUrl(ref writer, value);
        else UrlText.Append(ref writer, value, Percent.PathSafe);
    }
}
