namespace Modular;

/// <summary>Reads values of a <see cref="MultiDict"/> as enums and <see cref="Uri"/>, which have no <see cref="IParsable{T}"/>.</summary>
public static class MultiDictExtensions
{
    /// <summary>A name's first value as a member of an enum, by its name or its number; else <paramref name="fallback"/>.</summary>
    public static T Get<T>(this MultiDict dict, string name, T fallback) where T : struct, Enum => dict.Get(name, (T?)null) ?? fallback;

    /// <inheritdoc cref="Get{T}(MultiDict, string, T)"/>
    public static T? Get<T>(this MultiDict dict, string name, T? fallback) where T : struct, Enum =>
        dict.Find(name) is { } text && StrictText.TryParseEnum<T>(text, out var value) ? value : fallback;

    /// <summary>A name's first value as an address, absolute or relative; else <paramref name="fallback"/>.</summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public static Uri? Get(this MultiDict dict, string name, Uri? fallback) =>
        dict.Find(name) is { } text && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var value) ? value : fallback;
}
