using System.Collections.Frozen;

namespace Modular;

/// <summary>What a rule writes between a converter's parentheses, as in <c>&lt;int(min=1, max=5):page&gt;</c>.</summary>
/// <remarks>
/// A converter first says which names it takes, in the order they may also be written without a name, and then reads them.
/// Whatever does not fit is a <see cref="ModularException"/> that quotes the rule.
/// </remarks>
/// <example><code>arguments => new YearConverter(from: arguments.Allow("from", "to").Whole("from") ?? 1900)</code></example>
public sealed class ConverterArguments
{
    readonly string _converter;
    readonly string _rule;
    readonly List<Argument> _arguments;
    FrozenSet<string>? _allowed;

    internal ConverterArguments(string converter, string rule, List<Argument> arguments) =>
        (_converter, _rule, _arguments) = (converter, rule, arguments);

    /// <summary>One argument: its name if it has one, and its text without quotes.</summary>
    internal readonly record struct Argument(string? Name, string Text, bool IsQuoted);

    /// <summary>How many arguments the rule gives.</summary>
    public int Count => _arguments.Count;

    /// <summary>Every argument's text, in the rule's order, whether it has a name or not.</summary>
    public IEnumerable<string> Texts => _arguments.Select(argument => argument.Text);

    /// <summary>Names the arguments that the converter takes; an argument without a name is given the name of its place.</summary>
    /// <exception cref="ModularException">The rule gives another name, one name twice, or too many arguments.</exception>
    public ConverterArguments Allow(params ReadOnlySpan<string> names)
    {
        if (_arguments.Count > names.Length)
            throw Error($"takes at most {names.Length} arguments, not {_arguments.Count}", Example(names));
        for (var i = 0; i < _arguments.Count; i++)
        {
            var name = _arguments[i].Name ?? names[i];
            if (!names.Contains(name))
                throw Error($"does not know the argument \"{name}\"", Example(names));
            if (_arguments.FindIndex(other => other.Name == name) is var first && first >= 0 && first != i)
                throw Error($"gets the argument \"{name}\" twice", Example(names));
            _arguments[i] = _arguments[i] with { Name = name };
        }
        _allowed = names.ToArray().ToFrozenSet();
        return this;
    }

    /// <summary>The argument's text, or null when it is not given.</summary>
    public string? Text(string name) => Find(name)?.Text;

    /// <summary>The argument as a whole number, or null when it is not given.</summary>
    /// <exception cref="ModularException">It is no whole number.</exception>
    public long? Whole(string name) => Find(name) is not { } argument ? null
        : StrictText.TryParse<long>(argument.Text, out var number) ? number
        : throw Error($"needs a whole number for \"{name}\", not \"{argument.Text}\"", $"({name}=3)");

    /// <summary>The argument as a number, or null when it is not given.</summary>
    /// <exception cref="ModularException">It is no number.</exception>
    public double? Number(string name) => Find(name) is not { } argument ? null
        : StrictText.TryParse<double>(argument.Text, out var number) ? number
        : throw Error($"needs a number for \"{name}\", not \"{argument.Text}\"", $"({name}=1.5)");

    /// <summary>True when the argument is given as <c>True</c>; false when it is <c>False</c> or not given.</summary>
    /// <exception cref="ModularException">It is something else.</exception>
    public bool Flag(string name) => Find(name) is { } argument
        && (bool.TryParse(argument.Text, out var flag) ? flag
            : throw Error($"needs True or False for \"{name}\", not \"{argument.Text}\"", $"({name}=True)"));

    /// <summary>An error about these arguments that quotes the rule.</summary>
    /// <param name="problem">Ends the sentence that starts with <c>The converter "int" of the rule "/…"</c>.</param>
    /// <param name="example">What to write instead, with its parentheses.</param>
    public ModularException Error(string problem, string example) =>
        new($"The converter \"{_converter}\" of the rule \"{_rule}\" {problem}. Write {example}.");

    /// <summary>Takes any number of texts, none of them named.</summary>
    internal void AllowTexts()
    {
        foreach (var argument in _arguments)
            if (argument.Name is { } name) throw Error($"does not know the argument \"{name}\"", $"<{_converter}(about, help):name>");
    }

    Argument? Find(string name)
    {
        if (_allowed is null || !_allowed.Contains(name))
            throw new ModularException(
                $"The converter \"{_converter}\" reads the argument \"{name}\" without allowing it."
                + $" Call arguments.Allow(\"{name}\") first.");
        foreach (var argument in _arguments)
            if (argument.Name == name) return argument is { Text: "None", IsQuoted: false } ? null : argument;
        return null;
    }

    string Example(ReadOnlySpan<string> names) => names.IsEmpty
        ? $"<{_converter}:name>"
        : $"({string.Join(", ", names.ToArray().Select(name => name + "=…"))})";
}
