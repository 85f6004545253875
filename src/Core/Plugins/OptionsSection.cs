using Microsoft.Extensions.Configuration;

namespace Modular.Plugins;

/// <summary>Writes a section of the configuration into a plugin's options, and reports what it can't write.</summary>
static class OptionsSection
{
    internal static IEnumerable<string> Fill(
        IConfigurationSection section, object options, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type)
    {
        var known = type.GetProperties().Where(property => property.CanWrite).ToList();
        foreach (var entry in section.GetChildren())
        {
            var property = known.Find(property => property.Name.Equals(entry.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null) yield return $"\"{entry.Path}\" in the configuration isn't an option."
                + (Suggest.DidYouMean(entry.Key, known.Select(one => one.Name)) is { Length: > 0 } near ? near : " Remove it.");
            else if (!IsSimple(property.PropertyType)) yield return $"\"{entry.Path}\" in the configuration can't be set there, because "
                + $"{property.Name} is of the type {TypeName.Of(property.PropertyType)}. Set it in the program.";
            else if (entry.Value is { } text && Write(property, options, text) is { } problem)
                yield return $"\"{entry.Path}\" in the configuration is {Quoted.Text(text)}, but {problem}";
        }
    }

    static bool IsSimple(Type type) => Bare(type) is var bare && (bare.IsEnum || bare == typeof(TimeSpan) || bare == typeof(Uri)
        || (Type.GetTypeCode(bare) is not (TypeCode.Object or TypeCode.DBNull)));

    static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    static string? Write(PropertyInfo property, object options, string text)
    {
        var type = Bare(property.PropertyType);
        try
        {
            property.SetValue(options, type == typeof(TimeSpan) ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
                : type == typeof(Uri) ? new Uri(text, UriKind.RelativeOrAbsolute)
                : type.IsEnum ? Enum.Parse(type, text, ignoreCase: true)
                : Convert.ChangeType(text, type, CultureInfo.InvariantCulture));
            return null;
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            return $"{property.Name} is of the type {TypeName.Of(property.PropertyType)}. Write such a value.";
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            return $"this isn't allowed: {inner.Message}";
        }
    }
}
