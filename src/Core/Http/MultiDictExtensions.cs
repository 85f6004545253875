namespace Modular;

/// <summary>Reads the values of a <see cref="MultiDict"/> as types that have no <c>TryParse</c> of <see cref="IParsable{T}"/>.</summary>
public static class MultiDictExtensions
{
    /// <summary>The first value of a name as a member of an enum: its name in any case, or its number.</summary>
    /// <returns><paramref name="fallback"/> when the name is missing or its value is no member.</returns>
    /// <example><code>var order = request.Args.Get("order", SortOrder.Newest);</code></example>
    public static T Get<T>(this MultiDict dict, string name, T fallback) where T : struct, Enum =>
        dict.Get(name) is { } text && StrictText.TryParseEnum<T>(text, out var value) ? value : fallback;

    /// <inheritdoc cref="Get{T}(MultiDict, string, T)"/>
    public static T? Get<T>(this MultiDict dict, string name, T? fallback) where T : struct, Enum =>
        dict.Get(name) is { } text && StrictText.TryParseEnum<T>(text, out var value) ? value : fallback;

    /// <summary>The first value of a name as a URL, absolute or relative.</summary>
    /// <returns><paramref name="fallback"/> when the name is missing or its value is no URL.</returns>
    [return: NotNullIfNotNull(nameof(fallback))]
    public static Uri? Get(this MultiDict dict, string name, Uri? fallback) =>
        dict.Get(name) is { } text && StrictText.IsWhole(text) && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var value) ? value : fallback;
}
