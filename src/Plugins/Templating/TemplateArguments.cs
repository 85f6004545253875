using System.Globalization;

namespace Modular.Templating;

/// <summary>The arguments of a call in a template: values by position, and values by name.</summary>
/// <param name="positional">The positional arguments, in order.</param>
/// <param name="named">The named arguments, as written and in order.</param>
/// <param name="render">The page that is being rendered.</param>
public sealed class TemplateArguments(IReadOnlyList<object?> positional, IReadOnlyList<(string Name, object? Value)> named,
    TemplateRender? render = null)
{
    /// <summary>No arguments.</summary>
    public static TemplateArguments None { get; } = new([], []);

    /// <summary>The values without a name, in order.</summary>
    public IReadOnlyList<object?> Positional { get; } = positional;

    /// <summary>The values with a name, in order.</summary>
    public IReadOnlyList<(string Name, object? Value)> Named { get; } = named;

    /// <summary>
    /// The page that is being rendered: <c>arguments.Render?.Step()</c> counts an item against its limits. Null when the call doesn't
    /// come from a template.
    /// </summary>
    public TemplateRender? Render { get; } = render;

    /// <summary>True when there is an argument at this position or with this name, even if it is null.</summary>
    public bool Has(int position, string name) => TryGet(position, name, out _);

    /// <summary>
    /// An argument that can be positional or named, as in Python: <c>arguments.Get(0, "with_categories", false)</c>.
    /// </summary>
    /// <param name="position">The position, from 0.</param>
    /// <param name="name">The name in templates.</param>
    /// <param name="fallback">The value when there is no such argument.</param>
    /// <exception cref="ModularException">The argument isn't a <typeparamref name="T"/>.</exception>
    public T Get<T>(int position, string name, T fallback)
    {
        if (!TryGet(position, name, out var value)) return fallback;
        if (value is T typed) return typed;
        if (value is null && default(T) is null) return default!;
        if (value is Markup && typeof(T) == typeof(string)) return (T)(object)value.ToString()!;
        try
        {
            if (value is IConvertible && (default(T) is IConvertible || typeof(T) == typeof(string)))
                return (T)ConvertTo(value, fallback is null ? typeof(string) : fallback.GetType());
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
        {
        }
        throw new ModularException(
            $"The argument \"{name}\" is {(value is null ? "null" : TypeName.Of(value.GetType()))}, not {TypeName.Of(typeof(T))}. " +
            "Pass another value in the template.");
    }

    /// <summary>
    /// Converts a value to another simple type, in the invariant culture. The text of a number can have digits, a sign, a point and an
    /// exponent, but no commas.
    /// </summary>
    /// <exception cref="FormatException">The text isn't a value of the type.</exception>
    /// <exception cref="InvalidCastException">The value can't be converted.</exception>
    /// <exception cref="OverflowException">The number is too large or too small.</exception>
    public static object ConvertTo(object value, Type type)
    {
        if (value is Markup) value = value.ToString()!;
        return value is not string text ? Convert.ChangeType(value, type, CultureInfo.InvariantCulture)
            : type == typeof(double) ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
            : type == typeof(float) ? float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
            : type == typeof(decimal) ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
            : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
    }

    bool TryGet(int position, string name, out object? value)
    {
        object?[] found = position >= 0 && position < Positional.Count ? [Positional[position]]
            : [.. Named.Where(argument => argument.Name == name).Select(argument => argument.Value)];
        value = found.FirstOrDefault();
        return found.Length > 0;
    }
}
