namespace Modular.Templating.Jinja;

/// <summary>Sorts stably, by the order of Python.</summary>
static class Sorting
{
    /// <param name="items">The items.</param>
    /// <param name="key">What an item is sorted by.</param>
    /// <param name="isReversed">True for the reverse order.</param>
    /// <param name="inLists">True for keys that are the items of lists: equal ones need no order then.</param>
    internal static List<T> Sort<T>(IEnumerable<T> items, Func<T, object?> key, bool isReversed, bool inLists = false)
    {
        var order = inLists ? PyOrder.InLists : PyOrder.Plain;
        try
        {
            return isReversed ? [.. items.OrderByDescending(key, order)] : [.. items.OrderBy(key, order)];
        }
        catch (InvalidOperationException error) when (error.InnerException is JinjaError inner)
        {
            throw inner;
        }
    }

    /// <summary>A text in lower case, so that letters compare in any case.</summary>
    internal static object? Folded(object? value) => Py.AsText(value) is { } text ? text.ToLowerInvariant() : value;

    sealed class PyOrder(bool inLists) : IComparer<object?>
    {
        internal static readonly PyOrder Plain = new(false);
        internal static readonly PyOrder InLists = new(true);

        public int Compare(object? x, object? y) =>
            inLists && x is not string && Py.AreEqual(x, y) ? 0 : Py.Compare(x, y, "<");
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
        ? Num.Box(long.Parse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture)) : text;
}
