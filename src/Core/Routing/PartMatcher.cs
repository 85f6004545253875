namespace Modular;

/// <summary>Matches the text of one part and notes where its variables are.</summary>
abstract class PartMatcher
{
    /// <summary>How many variables the part has.</summary>
    internal int Variables { get; private init; }

    /// <summary>Hand-written matching for built-in converters, one regular expression as soon as a custom one is among them.</summary>
    internal static PartMatcher For(List<PartToken> tokens, string rule) =>
        tokens.TrueForAll(token => token.Converter is null or SpanConverter)
            ? new TokenMatcher(tokens) { Variables = Count(tokens) }
            : new RegexMatcher(tokens, rule) { Variables = Count(tokens) };

    /// <param name="text">What must match as a whole.</param>
    /// <param name="values">Get the variables' places.</param>
    /// <param name="first">The index of the part's first variable among them.</param>
    /// <param name="steps">What is left to spend on trying; below zero the caller gives up.</param>
    internal abstract bool TryMatch(TextRange text, ref RouteValues values, int first, ref int steps);

    static int Count(List<PartToken> tokens) => tokens.Count(token => token.Converter is not null);
}

/// <summary>A piece of a path, or of a domain.</summary>
readonly record struct TextRange(string Source, int Start, int Length, bool InDomain)
{
    internal ReadOnlySpan<char> Span => Source.AsSpan(Start, Length);
}
