namespace Modular;

/// <summary>Reads <c>2, name=1.5, 'a text', "another"</c>: what stands between a converter's parentheses.</summary>
static partial class ArgumentParser
{
    /// <exception cref="ModularException">Something else stands there.</exception>
    internal static List<ConverterArguments.Argument> Parse(string text, string rule)
    {
        List<ConverterArguments.Argument> arguments = [];
        for (text = text.TrimStart(); text.Length > 0;)
        {
            if (One.Match(text) is not { Success: true } found) throw new ModularException(
                $"The rule \"{rule}\" has an argument that cannot be read at \"{text}\". Write arguments as (2, name=1.5, 'a text').");
            var name = found.Groups["name"];
            arguments.Add(new(name.Success ? name.Value : null, found.Groups["text"].Value, IsQuoted: found.Groups["quote"].Success));
            text = text[found.Length..];
        }
        return arguments;
    }

    // Numbers with a sign and a point, True and False, and plain words; anything between quotes.
    [GeneratedRegex("""\A((?<name>-?[\w.]+)\s*=\s*)?((?<quote>["'])(?<text>.*?)\k<quote>|(?<text>-?[\w.]+|-))\s*(,\s*|\z)""", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    static partial Regex One { get; }
}
