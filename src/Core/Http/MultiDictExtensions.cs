namespace Modular;

/// <summary>Reads the values of a <see cref="MultiDict"/> as members of an enum, which has no <see cref="IParsable{T}"/>.</summary>
public static class MultiDictExtensions
{
    /// <summary>A name's first value as a member of an enum, by its name or its number; else <paramref name="fallback"/>.</summary>
    public static T Get<T>(this MultiDict dict, string name, T fallback) where T : struct, Enum => dict.Get(name, (T?)null) ?? fallback;

    /// <inheritdoc cref="Get{T}(MultiDict, string, T)"/>
    public static T? Get<T>(this MultiDict dict, string name, T? fallback) where T : struct, Enum =>
        dict.Get(name) is { } text && StrictText.TryParseEnum<T>(text, out var value) ? value : fallback;
}
