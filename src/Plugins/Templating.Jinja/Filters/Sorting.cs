namespace Modular.Templating.Jinja;

/// <summary>Sorts stably, by the order of Python.</summary>
static class Sorting
{
    internal static List<T> Sort<T>(IEnumerable<T> items, Func<T, object?> key, bool isReversed)
    {
        try
        {
            return isReversed ? [.. items.OrderByDescending(key, PyOrder.Instance)] : [.. items.OrderBy(key, PyOrder.Instance)];
        }
        catch (InvalidOperationException error) when (error.InnerException is JinjaError inner)
        {
            throw inner;
        }
    }

    /// <summary>A text in lower case, so that letters compare in any case.</summary>
    internal static object? Folded(object? value) => Py.AsText(value) is { } text ? text.ToLowerInvariant() : value;

    sealed class PyOrder : IComparer<object?>
    {
        internal static readonly PyOrder Instance = new();

        public int Compare(object? x, object? y) => Py.Compare(x, y, "<");
    }
}

/// <summary>Reads the attribute of a filter: <c>sort(attribute='address.city')</c>.</summary>
static class AttributePath
{
    /// <summary>A reader of one attribute. Null, undefined values are replaced by the default.</summary>
    internal static Func<object?, object?> Reader(object? attribute, RenderState state, object? fallback = null, bool isFolded = false)
    {
        object?[] parts = attribute is null ? []
            : Num.IsInt(attribute) ? [attribute]
            : [.. Py.Str(attribute, state).Split('.').Select(Part)];
        return item =>
        {
            foreach (var part in parts)
            {
                item = Members.Item(item, part, state);
                if (fallback is not null && item is Undefined) item = fallback;
            }
            return isFolded ? Sorting.Folded(item) : item;
        };
    }

    /// <summary>A reader of one attribute, or of some with commas between them.</summary>
    internal static Func<object?, object?> MultiReader(object? attribute, RenderState state, bool isFolded)
    {
        if (attribute is null || Py.AsText(attribute) is not { } text || !text.Contains(',', StringComparison.Ordinal))
            return Reader(attribute, state, isFolded: isFolded);
        Func<object?, object?>[] readers = [.. text.Split(',').Select(part => Reader(part, state, isFolded: isFolded))];
        return item => new PyTuple([.. readers.Select(read => read(item))]);
    }

    static object Part(string text) => text.Length is > 0 and < 10 && text.All(char.IsAsciiDigit)
        ? Num.Box(long.Parse(text, System.Globalization.CultureInfo.InvariantCulture)) : text;
}
