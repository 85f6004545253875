using System.Globalization;

namespace Modular.Cli;

/// <summary>A parameter of a command. Create it as a <see cref="CommandParameter{T}"/>, which is also the key to read its value.</summary>
public abstract class CommandParameter
{
    readonly bool? _isRequired;

    /// <exception cref="ModularException">The name isn't valid.</exception>
    internal CommandParameter(string name, string description)
    {
        if (name.TrimStart('-').Length == 0 || name.Any(c => char.IsWhiteSpace(c) || c is '=' or ':')) throw new ModularException(
            $"{Quoted.Text(name)} isn't a valid parameter name. Write \"name\" for an argument, or \"--name\" for an option.");
        (Name, Description) = (name, description);
    }

    /// <summary><c>name</c> for a positional argument, <c>--name</c> for an option.</summary>
    public string Name { get; }

    /// <summary>One sentence for the help.</summary>
    public string Description { get; }

    /// <summary>A short form of an option's name, such as <c>-p</c>. Null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>The placeholder for the value in the help. Default: a word for its type.</summary>
    public string? Placeholder { get; init; }

    /// <summary>
    /// True: the parameter is required. Default: true for an argument without a default and with a single value, false for an option.
    /// </summary>
    public bool IsRequired
    {
        get => _isRequired ?? (!IsOption && !IsMany && DefaultText is null);
        init => _isRequired = value;
    }

    /// <summary>True: the parameter takes any number of values: all remaining arguments, or a repeated option.</summary>
    public bool IsMany { get; init; }

    /// <summary>The allowed texts, which are also used for completion. Default: no restriction.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>True when the name starts with a dash.</summary>
    public bool IsOption => Name[0] == '-';

    /// <summary>True for an option without a value.</summary>
    public abstract bool IsFlag { get; }

    /// <summary>The default as text. Null when there is none.</summary>
    public abstract string? DefaultText { get; }

    /// <summary>The placeholder for the value in the help, without brackets.</summary>
    public string ValueName => Placeholder ?? (Choices.Count > 0 ? string.Join('|', Choices) : IsOption ? TypeWord : Name);

    /// <summary>The name and the alias.</summary>
    public IEnumerable<string> Names => Alias is null ? [Name] : [Name, Alias];

    /// <summary>The error message for a value, in two sentences. Null when the value is valid.</summary>
    /// <param name="text">The text on the command line.</param>
    public abstract string? Problem(string text);

    /// <summary>The type in plain words.</summary>
    internal abstract string TypeWord { get; }

    internal string What => IsOption ? $"Option \"{Name}\"" : $"<{Name}>";
}

/// <summary>A typed parameter of a command, and the key to read its value: <c>call.Get(port)</c>.</summary>
/// <typeparam name="T">A type that can be parsed from text, such as <c>string</c>, <c>int</c>, <c>Guid</c>, <c>DateOnly</c>. <c>bool</c>
/// makes an option without a value.</typeparam>
/// <param name="name"><c>name</c> for a positional argument, <c>--name</c> for an option.</param>
/// <param name="description">One sentence for the help.</param>
/// <exception cref="ModularException">The name isn't valid.</exception>
public sealed class CommandParameter<T>(string name, string description) : CommandParameter(name, description) where T : IParsable<T>
{
    bool _hasDefault;

    /// <summary>The value when the parameter isn't given. Default: none; <c>call.Has(…)</c> tells whether it was given.</summary>
    public T? Default
    {
        get;
        init => (field, _hasDefault) = (value, value is not null);
    }

    /// <summary>Checks a parsed value. Returns an error message of two sentences, or null.</summary>
    public Func<T, string?>? Check { get; init; }

    /// <inheritdoc/>
    public override bool IsFlag => IsOption && typeof(T) == typeof(bool);

    /// <inheritdoc/>
    public override string? DefaultText => _hasDefault && !IsFlag ? Convert.ToString(Default, CultureInfo.InvariantCulture) : null;

    /// <inheritdoc/>
    public override string? Problem(string text)
    {
        if (Choices.Count > 0 && !Choices.Contains(text)) return
            $"{What} has the value {Quoted.Text(text)}, which isn't allowed.{Suggest.DidYouMean(text, Choices)} Write one of: " +
            $"{string.Join(", ", Choices)}.";
        if (!StrictText.TryParse<T>(text, out var value)) return
            $"{What} has the value {Quoted.Text(text)}, which isn't {Article} {TypeWord}. Write {(IsOption ? $"{Name} " : "")}{Example}.";
        return Check?.Invoke(value);
    }

    /// <summary>Parses a text that has no <see cref="Problem"/>.</summary>
    internal static T Read(string text) =>
        StrictText.TryParse<T>(text, out var value) ? value : throw new FormatException($"{Quoted.Text(text)} isn't a {typeof(T).Name}.");

    /// <inheritdoc cref="Default"/>
    internal bool TryDefault(out T? value)
    {
        value = Default;
        return _hasDefault || IsFlag;
    }

    internal override string TypeWord => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.String => "text",
        TypeCode.Boolean => "true or false",
        TypeCode.Byte or TypeCode.SByte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32
            or TypeCode.UInt32 or TypeCode.Int64 or TypeCode.UInt64 => "number",
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "decimal number",
        TypeCode.DateTime => "date",
        _ => typeof(T) == typeof(Guid)
            ? "UUID"
            : typeof(T) == typeof(DateOnly) ? "date" : typeof(T) == typeof(TimeSpan) ? "time span" : typeof(T).Name,
    };

    string Article => TypeWord is "text" or "true or false" ? "" : "a";

    string Example => DefaultText ?? TypeWord switch
    {
        "number" => "8",
        "decimal number" => "0.5",
        "date" => "2026-01-31",
        "time span" => "00:05:00",
        "UUID" => "2f1acc6c-3f3b-4a5e-8a3c-0d7f6f9b2c11",
        _ => $"one that {typeof(T).Name} can read",
    };
}
