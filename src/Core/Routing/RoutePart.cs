namespace Modular;

/// <summary>What a rule demands of one path segment, or, when it is <see cref="IsFinal"/>, of all that are left.</summary>
sealed class RoutePart : IComparable<RoutePart>
{
    readonly int[] _weight;
    readonly SpanConverter? _only;
    readonly Regex? _regex, _captures;
    readonly string[] _groups;

    // .NET's linear regular expressions tell whether a text matches, but not always what each variable is: "ab-y12.0" of <path:a><float:b>.
    static readonly TimeSpan CaptureLimit = TimeSpan.FromMilliseconds(100);

    internal RoutePart(List<RuleToken> tokens, List<UrlConverter> converters, bool isFinal, bool isSuffixed, string rule)
    {
        (IsFinal, IsSuffixed) = (isFinal, isSuffixed);
        var variables = tokens.Where(token => token.Fixed is null).Select(token => converters[token.Variable]).ToList();
        var lengths = tokens.Where(token => token.Fixed is not (null or "/")).Select(token => token.Fixed!.Length).ToList();
        // As Werkzeug 3.2 weighs: more pieces of fixed text first, then longer ones, then more variables, then lighter converters.
        _weight = [-lengths.Count, .. lengths.Select(length => -length), -variables.Count, .. variables.Select(one => one.Weight)];
        _groups = [.. variables.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"variable{i}"))];
        Content = IsFixed ? string.Concat(tokens.Select(token => token.Fixed)) : Pattern(_ => "");
        if (tokens is [{ Fixed: null }]) _only = variables[0] as SpanConverter;
        if (IsFixed || _only is not null) return;
        // Each pattern by itself too, so that none ends the group around it.
        foreach (var variable in variables) Compile(variable.Pattern, rule);
        _regex = Compile($@"\A(?:{Content})\z", rule);
        if (tokens.Count > 1) _captures = new($@"\A{Pattern(i => $"?<{_groups[i]}>")}\z", RegexOptions.CultureInvariant, CaptureLimit);

        string Pattern(Func<int, string> group)
        {
            var i = 0;
            return string.Concat(tokens.Select(token =>
                token.Fixed is { } text ? Regex.Escape(text) : $"({group(i++)}{converters[token.Variable].Pattern})"));
        }
    }

    internal string Content { get; }                // the fixed text, or a regular expression
    internal int Variables => _groups.Length;
    internal bool IsFixed => Variables == 0;
    internal bool IsFinal { get; }                  // a variable may take slashes, so the part runs to the end of the path
    internal bool IsSuffixed { get; }               // final, but the last slash belongs to the next, empty part

    /// <summary>Below zero when this one is tried first.</summary>
    public int CompareTo(RoutePart? other) => _weight.AsSpan().SequenceCompareTo(other!._weight);

    /// <summary>True when both match the same texts at the same point, whatever their variables are called.</summary>
    internal bool IsSameAs(RoutePart other) =>
        Content == other.Content && IsFinal == other.IsFinal && IsSuffixed == other.IsSuffixed && CompareTo(other) == 0;

    /// <summary>Matches a text as a whole, in a time that is linear in its length or else limited, whatever the patterns are.</summary>
    internal bool TryMatch(ReadOnlyMemory<char> text, ref RouteTree.Search search, int first)
    {
        if (!search.TrySpend(1 + RouteTree.CostOf(text.Length)) || !(_only?.Matches(text.Span) ?? _regex!.IsMatch(text.Span))) return false;
        if (_captures is null)
        {
            search.Set(first, text);
            return true;
        }
        try
        {
            var match = _captures.Match(text.ToString());
            foreach (var name in _groups) search.Set(first++, text.Slice(match.Groups[name].Index, match.Groups[name].Length));
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            search.GiveUp();
            return false;
        }
    }

    static Regex Compile(string pattern, string rule)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new ModularException(
                $"The rule \"{rule}\" has a converter whose pattern \"{pattern}\" cannot be used: {error.Message.TrimEnd('.')}."
                + " Write a pattern without look-arounds, back-references and atomic groups.", error);
        }
    }
}
