using System.Globalization;

namespace Modular.Cli;

/// <summary>Something that a command takes from the command line. Made as a <see cref="CommandParameter{T}"/>, which is also the key to read it by.</summary>
public abstract class CommandParameter
{
    readonly bool? _isRequired;

    /// <exception cref="ModularException">The name is none.</exception>
    internal CommandParameter(string name, string description)
    {
        if (name.TrimStart('-').Length == 0 || name.Any(c => char.IsWhiteSpace(c) || c is '=' or ':')) throw new ModularException(
            $"{Quoted.Text(name)} cannot name a command's parameter. Write \"name\" for a word, \"--name\" for an option.");
        (Name, Description) = (name, description);
    }

    /// <summary><c>name</c> for a word by position, <c>--name</c> for an option.</summary>
    public string Name { get; }

    /// <summary>One sentence for the help.</summary>
    public string Description { get; }

    /// <summary>A short form of an option's name, such as <c>-p</c>; null for none.</summary>
    public string? Alias { get; init; }

    /// <summary>What stands for the value in the help. Default: a word for its type.</summary>
    public string? Placeholder { get; init; }

    /// <summary>True: without it the command does not run. Default: a word is required unless it has a default or takes many; an option is not.</summary>
    public bool IsRequired
    {
        get => _isRequired ?? (!IsOption && !IsMany && DefaultText is null);
        init => _isRequired = value;
    }

    /// <summary>True: it takes any number of values: all words that are left, or an option that is given again and again.</summary>
    public bool IsMany { get; init; }

    /// <summary>The only texts that it takes, also offered for completion. Default: no limit.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>True when the name begins with a dash.</summary>
    public bool IsOption => Name[0] == '-';

    /// <summary>True for an option that is given or not, and has no value.</summary>
    public abstract bool IsFlag { get; }

    /// <summary>The default as text; null when there is none.</summary>
    public abstract string? DefaultText { get; }

    /// <summary>What stands for the value in the help, without brackets.</summary>
    public string ValueName => Placeholder ?? (Choices.Count > 0 ? string.Join('|', Choices) : IsOption ? TypeWord : Name);

    /// <summary>Name and alias.</summary>
    public IEnumerable<string> Names => Alias is null ? [Name] : [Name, Alias];

    /// <summary>What is wrong with a value, in two sentences; null when nothing is.</summary>
    /// <param name="text">As it stands on the command line.</param>
    public abstract string? Problem(string text);

    /// <summary>Its type, as a person says it.</summary>
    internal abstract string TypeWord { get; }

    internal string What => IsOption ? $"Option \"{Name}\"" : $"<{Name}>";
}

/// <summary>Something of a type that a command takes from the command line, and the key to read it by: <c>call.Get(port)</c>.</summary>
/// <typeparam name="T">Anything that reads itself from text, such as <c>string</c>, <c>int</c>, <c>Guid</c>, <c>DateOnly</c>. <c>bool</c> makes an option without a value.</typeparam>
/// <param name="name"><c>name</c> for a word by position, <c>--name</c> for an option.</param>
/// <param name="description">One sentence for the help.</param>
/// <exception cref="ModularException">The name is none.</exception>
public sealed class CommandParameter<T>(string name, string description) : CommandParameter(name, description) where T : IParsable<T>
{
    bool _hasDefault;

    /// <summary>Taken when it is not given. Default: there is none, and <c>call.Has(…)</c> says whether it was given.</summary>
    public T? Default
    {
        get;
        init => (field, _hasDefault) = (value, value is not null);
    }

    /// <summary>Looks at a value that could be read: gives what is wrong with it, in two sentences, or null.</summary>
    public Func<T, string?>? Check { get; init; }

    /// <inheritdoc/>
    public override bool IsFlag => IsOption && typeof(T) == typeof(bool);

    /// <inheritdoc/>
    public override string? DefaultText => _hasDefault && !IsFlag ? Convert.ToString(Default, CultureInfo.InvariantCulture) : null;

    /// <inheritdoc/>
    public override string? Problem(string text)
    {
        if (Choices.Count > 0 && !Choices.Contains(text)) return
            $"{What} has the value {Quoted.Text(text)}, which it does not know.{Suggest.DidYouMean(text, Choices)} Write one of: {string.Join(", ", Choices)}.";
        if (!StrictText.TryParse<T>(text, out var value)) return
            $"{What} has the value {Quoted.Text(text)}, which is not {Article} {TypeWord}. Write {(IsOption ? $"{Name} " : "")}{Example}.";
        return Check?.Invoke(value);
    }

    /// <summary>The value of a text that has no <see cref="Problem"/>.</summary>
    internal static T Read(string text) => StrictText.TryParse<T>(text, out var value) ? value : throw new FormatException($"{Quoted.Text(text)} isn't a {typeof(T).Name}.");

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
        TypeCode.Byte or TypeCode.SByte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 or TypeCode.UInt64 => "number",
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "decimal number",
        TypeCode.DateTime => "date",
        _ => typeof(T) == typeof(Guid) ? "UUID" : typeof(T) == typeof(DateOnly) ? "date" : typeof(T) == typeof(TimeSpan) ? "time span" : typeof(T).Name,
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
