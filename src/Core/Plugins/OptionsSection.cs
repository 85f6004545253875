namespace Modular.Plugins;

/// <summary>Writes a section of the configuration into a plugin's options, and reports what it can't write.</summary>
static class OptionsSection
{
    internal static IEnumerable<string> Fill(PluginBuilder plugin, IConfigurationSection section, object options,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type)
    {
        var known = type.GetProperties().Where(property => property.CanWrite).ToList();
        foreach (var entry in section.GetChildren())
        {
            var property = known.Find(property => property.Name.Equals(entry.Key, StringComparison.OrdinalIgnoreCase));
            var what = $"\"{entry.Path}\" in the configuration, an option of {plugin.Manifest.Id},";
            if (property is null) yield return $"{what} doesn't exist."
                + (Suggest.Nearest(entry.Key, known.Select(one => one.Name)) is { } near ? $" Write \"{near}\"." : " Remove it.");
            else if (entry.Value is null
                ? !property.PropertyType.IsAssignableFrom(typeof(string[])) || entry.GetChildren().Any(item => item.Value is null)
                : !IsSimple(Bare(property))) yield return
                $"{what} is of the type {TypeName.Of(Bare(property))}, which can't be read. Set it in the program.";
            else if (Write(property, options, entry) is { } problem) yield return $"{what} is {Quoted.Text(entry.Value ?? "a list")}. {problem}";
        }
    }

    static bool IsSimple(Type type) => type.IsEnum || type == typeof(TimeSpan) || type == typeof(Uri)
        || Type.GetTypeCode(type) is not (TypeCode.Object or TypeCode.DBNull);

    static Type Bare(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    static string? Write(PropertyInfo property, object options, IConfigurationSection entry)
    {
        var (type, text) = (Bare(property), entry.Value);
        try
        {
            property.SetValue(options, text is null ? entry.GetChildren().Select(item => item.Value!).ToArray()
                : type == typeof(TimeSpan) ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
                : type == typeof(Uri) ? new Uri(text, UriKind.RelativeOrAbsolute)
                : type.IsEnum ? text is [>= 'A', ..] && Enum.Parse(type, text, ignoreCase: true) is var item
                    && item.ToString() is [>= 'A', ..] ? item : throw new FormatException()         // not a number without a name
                : type != typeof(string) && text.Contains(',') ? throw new FormatException()       // .NET reads 1,5 as 15
                : Convert.ChangeType(text, type, CultureInfo.InvariantCulture));
            return null;
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException or TargetInvocationException)
        {
            return error is TargetInvocationException { InnerException: { } inner } ? $"The option refuses it: {inner.Message}"
                : $"Write a value of the type {TypeName.Of(type)}.";
        }
    }
}
