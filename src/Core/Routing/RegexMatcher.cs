namespace Modular;

/// <summary>Matches a part in which a custom converter stands. Its time is linear in the text, whatever the pattern is.</summary>
sealed class RegexMatcher : PartMatcher
{
    readonly Regex _regex;
    readonly string[] _groups;

    /// <exception cref="ModularException">A converter's pattern cannot run without backtracking, or is malformed.</exception>
    internal RegexMatcher(List<PartToken> tokens, string rule)
    {
        var pattern = new StringBuilder(@"\A");
        List<string> groups = [];
        foreach (var token in tokens)
        {
            if (token.Converter is { } converter)
            {
                Check(converter.Pattern, rule);
                groups.Add(string.Create(CultureInfo.InvariantCulture, $"variable{groups.Count}"));
                pattern.Append(CultureInfo.InvariantCulture, $"(?<{groups[^1]}>{converter.Pattern})");
            }
            else pattern.Append(Regex.Escape(token.Fixed!));
        }
        _regex = Check(pattern.Append(@"\z").ToString(), rule);
        _groups = [.. groups];
    }

    internal override bool TryMatch(TextRange text, ref RouteValues values, int first, ref int steps)
    {
        if ((steps -= 1 + RouteMatcher.CostOf(text.Length)) < 0) return false;
        var match = _regex.Match(text.Source, text.Start, text.Length);
        if (!match.Success) return false;
        for (var i = 0; i < _groups.Length; i++)
        {
            var group = match.Groups[_groups[i]];
            values.Set(first + i, text, group.Index - text.Start, group.Length);
        }
        return true;
    }

    static Regex Check(string pattern, string rule)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new ModularException(
                $"The rule \"{rule}\" has a converter whose pattern \"{pattern}\" cannot be used: {error.Message.TrimEnd('.')}."
                + " Write a pattern without look-arounds, back-references and atomic groups.",
                error);
        }
    }
}
