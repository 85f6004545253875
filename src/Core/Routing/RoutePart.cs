namespace Modular;

/// <summary>Fixed text or one variable inside a <see cref="RoutePart"/>.</summary>
readonly record struct PartToken(string? Fixed, UrlConverter? Converter);

/// <summary>What a rule demands of one path segment, or, when it is <see cref="IsFinal"/>, of all that are left.</summary>
sealed class RoutePart
{
    internal RoutePart(List<PartToken> tokens, PartWeight weight, bool isFinal, bool isSuffixed, string rule)
    {
        Weight = weight;
        IsFinal = isFinal;
        IsSuffixed = isSuffixed;
        IsFixed = tokens.TrueForAll(token => token.Converter is null);
        Content = IsFixed ? string.Concat(tokens.Select(token => token.Fixed)) : PatternOf(tokens);
        if (!IsFixed) Matcher = PartMatcher.For(tokens, rule);
    }

    /// <summary>The fixed text, or a regular expression of the texts that match. Equal parts share one place in the tree.</summary>
    internal string Content { get; }

    /// <summary>True when the part holds no variable.</summary>
    internal bool IsFixed { get; }

    /// <summary>True when a variable may take slashes, so that the part runs to the end of the path.</summary>
    internal bool IsFinal { get; }

    /// <summary>True for a final part of a rule that ends with a slash; the slash itself belongs to the next, empty part.</summary>
    internal bool IsSuffixed { get; }

    /// <summary>Its place among the parts that are tried at one point: smaller is earlier.</summary>
    internal PartWeight Weight { get; }

    /// <summary>Null for a fixed part.</summary>
    internal PartMatcher? Matcher { get; }

    /// <summary>True when both match the same texts at the same point, whatever their variables are called.</summary>
    internal bool IsSameAs(RoutePart other) =>
        IsFixed == other.IsFixed && IsFinal == other.IsFinal && IsSuffixed == other.IsSuffixed
        && Content == other.Content && (IsFixed || Weight.CompareTo(other.Weight) == 0);

    static string PatternOf(List<PartToken> tokens)
    {
        var pattern = new StringBuilder();
        foreach (var token in tokens)
            pattern.Append(token.Converter is { } converter ? $"({converter.Pattern})" : Regex.Escape(token.Fixed!));
        return pattern.ToString();
    }
}
