namespace Modular.Generators;

/// <summary>A rule's tokens and variables, or the core's message about it.</summary>
sealed class ParsedRule
{
    static readonly ConverterTable Converters = new();

    ParsedRule(string text) => Text = text;

    internal string Text { get; }
    internal string? Problem { get; private set; }
    internal IReadOnlyList<RuleToken> Tokens { get; private set; } = [];
    internal IReadOnlyList<string> Variables { get; private set; } = [];
    internal IReadOnlyList<UrlConverter> ConvertersOf { get; private set; } = [];

    internal UrlConverter? ConverterOf(string variable)
    {
        for (var i = 0; i < Variables.Count; i++)
            if (Variables[i] == variable) return ConvertersOf[i];
        return null;
    }

    /// <param name="text">The rule, with the prefix of its blueprint where that is known.</param>
    /// <param name="isWhole">False for a blueprint's rule, which its prefix precedes.</param>
    internal static ParsedRule Of(string text, bool isWhole)
    {
        var rule = new ParsedRule(text);
        if (isWhole && !text.StartsWith('/'))
        {
            rule.Problem = $"The rule \"{text}\" doesn't start with a slash. Write \"/{text}\".";
            return rule;
        }
        try
        {
            var parser = new RuleParser(text, Converters);
            rule.Tokens = parser.Parse(text);
            (rule.Variables, rule.ConvertersOf) = (parser.Variables, parser.Converters);
        }
        catch (ModularException error)
        {
            rule.Problem = error.Message;
        }
        return rule;
    }
}
