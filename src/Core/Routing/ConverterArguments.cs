namespace Modular.Routing;

/// <summary>The arguments of a converter in a rule, as in <c>&lt;int(min=1, max=5):page&gt;</c>.</summary>
public sealed partial class ConverterArguments
{
    readonly string _converter, _rule;
    readonly List<(string? Name, string? Text)> _arguments = [];
    string[] _allowed = [];

    internal ConverterArguments(string converter, string rule, string text)
    {
        (_converter, _rule) = (converter, rule);
        for (text = text.TrimStart(); text.Length > 0;)
        {
            if (Argument.Match(text) is not { Success: true } found) throw new ModularException(
                $"The rule \"{rule}\" has an argument that cannot be read at \"{text}\". Write arguments as (2, name=1.5, 'a text').");
            var (name, value) = (found.Groups["name"], found.Groups["text"].Value);
            _arguments.Add((name.Success ? name.Value : null, value == "None" && !found.Groups["quote"].Success ? null : value));
            text = text[found.Length..];
        }
    }

    /// <summary>The texts of all arguments, with or without names, in the rule's order.</summary>
    public IEnumerable<string> Texts => _arguments.Select(argument => argument.Text ?? "None");

    /// <summary>Declares the converter's arguments. An argument without a name gets the name at its position.</summary>
    public ConverterArguments Allow(params ReadOnlySpan<string> names)
    {
        _allowed = names.ToArray();
        var example = _allowed is [] ? $"<{_converter}:name>" : $"({string.Join(", ", _allowed.Select(name => name + "=…"))})";
        if (_arguments.Count > names.Length) throw Error($"takes at most {names.Length} arguments, not {_arguments.Count}", example);
        for (var i = 0; i < _arguments.Count; i++)
        {
            var name = _arguments[i].Name ?? names[i];
            if (!names.Contains(name)) throw Error($"does not know the argument \"{name}\"", example);
            if (_arguments.FindIndex(other => other.Name == name) is >= 0 and var first && first != i)
                throw Error($"gets the argument \"{name}\" twice", example);
            _arguments[i] = _arguments[i] with { Name = name };
        }
        return this;
    }

    /// <summary>The argument's text, or null when it is missing.</summary>
    public string? Text(string name) => _allowed.Contains(name) ? _arguments.Find(argument => argument.Name == name).Text
        : throw new ModularException($"The converter \"{_converter}\" reads the argument \"{name}\" without allowing it."
            + $" Call arguments.Allow(\"{name}\") first.");

    internal long? Whole(string name) => Read<long>(name, StrictText.TryParse, "a whole number", "3");

    internal double? Number(string name) => Read<double>(name, StrictText.TryParse, "a number", "1.5");

    internal bool Flag(string name) => Read<bool>(name, StrictText.TryParse, "True or False", "True") is true;

    internal string[] AllTexts() => _arguments.Find(argument => argument.Name is not null).Name is not { } name ? [.. Texts]
        : throw Error($"does not know the argument \"{name}\"", $"<{_converter}(about, help):name>");

    internal ModularException Error(string problem, string example) =>
        new($"The converter \"{_converter}\" of the rule \"{_rule}\" {problem}. Write {example}.");

    delegate bool Parser<T>(string text, out T value);

    T? Read<T>(string name, Parser<T> parse, string what, string example) where T : struct => Text(name) is not { } text ? null
        : parse(text, out var value) ? value
        : throw Error($"needs {what} for \"{name}\", not \"{text}\"", $"({name}={example})");

    // Numbers with a sign and a point, True and False, and plain words; anything between quotes.
    [GeneratedRegex(
        """\A((?<name>-?[\w.]+)\s*=\s*)?((?<quote>["'])(?<text>.*?)\k<quote>|(?<text>-?[\w.]+|-))\s*(,\s*|\z)""",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    static partial Regex Argument { get; }
}
