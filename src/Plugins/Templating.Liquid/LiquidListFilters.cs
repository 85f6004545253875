using System.Collections;
using System.Runtime.ExceptionServices;

namespace Modular.Templating.Liquid;

/// <summary>Filters for lists. They count each item that they read or create, and compare by value.</summary>
static class LiquidListFilters
{
    // The name of each filter, its maximum number of arguments, and its function.
    internal static IEnumerable<(string Name, int Most, LiquidFilter Filter)> All =>
    [
        ("join", 1, (context, value, arguments) => Join(context, value, arguments.Get(0, "glue", (object?)" "))),
        ("size", 0, (context, value, _) => value is null ? 0 : context.Page.TryGetMember(value, "size", out var size) ? size : 0),
        ("first", 0, (context, value, _) => context.Page.TryGetMember(value, "first", out var first) ? first : null),
        ("last", 0, (context, value, _) => context.Page.TryGetMember(value, "last", out var last) ? last : null),
        ("map", 1, (context, value, arguments) => LiquidItems.Flat(context, value)
            .Select(item => Member(context, item, Name(arguments, "map"))).ToList()),
        ("sort", 1, (context, value, arguments) => Sorted(context, value, arguments, (a, b) => LiquidConditions.Order(a, b, "sort") ?? 0)),
        ("sort_natural", 1, (context, value, arguments) => Sorted(context, value, arguments,
            (a, b) => StringComparer.OrdinalIgnoreCase.Compare(context.Page.TextOf(a), context.Page.TextOf(b)))),
        ("reverse", 0, (context, value, _) => value is string or Modular.Markup
            ? value
            : Reversed(LiquidItems.Flat(context, value).ToList())),
        ("compact", 1, (context, value, arguments) => LiquidItems.Flat(context, value)
            .Where(item => (arguments.Positional.Count > 0 ? Member(context, item, Name(arguments, "compact")) : item) is not null)
            .ToList()),
        ("uniq", 1, (context, value, arguments) => arguments.Positional.Count > 0
            ? LiquidItems.Flat(context, value)
                .DistinctBy(item => Member(context, item, Name(arguments, "uniq")), TemplateComparison.Equality).ToList()
            : LiquidItems.Flat(context, value).Distinct(TemplateComparison.Equality).ToList()),
        ("concat", 1, Concat),
        ("where", 2, (context, value, arguments) => LiquidItems.Flat(context, value)
            .Where(item => Matches(context, Member(context, item, Name(arguments, "where")), arguments)).ToList()),
        ("slice", 2, Slice),
        ("split", 1, (context, value, arguments) => Split(context, context.Page.TextOf(value),
            context.Page.TextOf(arguments.Get(0, "pattern", (object?)"")))),
    ];

    static object? Join(LiquidContext context, object? value, object? glue)
    {
        using var joined = context.Page.Nest();
        var (hasMarkup, isFirst) = (glue is Modular.Markup, true);
        List<object?> items = [.. LiquidItems.Flat(context, value)];
        hasMarkup |= items.Exists(item => item is Modular.Markup);
        // If one item is HTML, the result is HTML and text items are escaped.
        if (hasMarkup && context.Page.Escapes)
        {
            foreach (var item in items)
            {
                if (!isFirst) joined.WriteValue(glue);
                joined.WriteValue(item);
                isFirst = false;
            }
            return joined.ToMarkup();
        }
        var between = context.Page.TextOf(glue);
        foreach (var item in items)
        {
            if (!isFirst) joined.Write(between);
            joined.Write(context.Page.TextOf(item));
            isFirst = false;
        }
        return joined.ToString();
    }

    static List<object?> Sorted(LiquidContext context, object? value, TemplateArguments arguments, Comparison<object?> compare)
    {
        var (looks, hasName) = (0, arguments.Positional.Count > 0);
        var items = LiquidItems.Flat(context, value)
            .Select(item => (Item: item, Key: hasName ? Member(context, item, Name(arguments, "sort")) : item)).ToList();
        var order = Comparer<object?>.Create((a, b) =>
        {
            if (++looks % 1024 == 0) context.Page.CheckTime();
            return a is null || b is null ? (a is null ? 1 : 0) - (b is null ? 1 : 0) : compare(a, b);
        });
        try
        {
            return [.. items.OrderBy(item => item.Key, order).Select(item => item.Item)];
        }
        catch (InvalidOperationException error) when (error.InnerException is ModularException or OperationCanceledException)
        {
            // .NET wraps an exception from a comparison.
            ExceptionDispatchInfo.Throw(error.InnerException);
            throw;
        }
    }

    static List<object?> Reversed(List<object?> items)
    {
        items.Reverse();
        return items;
    }

    static List<object?> Concat(LiquidContext context, object? value, TemplateArguments arguments)
    {
        if (arguments.Get(0, "list", (object?)null) is not { } more || more is string or Modular.Markup || LiquidItems.Of(more) is null)
            throw new ModularException("The filter \"concat\" needs a list after its colon. Write {{ list | concat: other_list }}.");
        return LiquidItems.Flat(context, value).Concat(LiquidItems.Flat(context, more)).ToList();
    }

    static bool Matches(LiquidContext context, object? member, TemplateArguments arguments) =>
        arguments.Positional is [_, { } wanted] ? LiquidConditions.AreEqual(context, member, wanted) : LiquidConditions.IsTrue(member);

    static object? Slice(LiquidContext context, object? value, TemplateArguments arguments)
    {
        if (arguments.Positional.Count == 0)
            throw new ModularException("The filter \"slice\" needs its argument \"offset\". Write it after a colon.");
        var offset = LiquidArithmetic.Whole(arguments.Positional[0], "\"slice\"");
        var length = Math.Max(0, arguments.Positional.Count > 1 ? LiquidArithmetic.Whole(arguments.Positional[1], "\"slice\"") : 1);
        if (value is LiquidNumbers or IList)
        {
            var count = LiquidSegment.Of(context, value, 0, null).Count;
            if (offset < 0) offset += count;
            if (offset < 0) return new List<object?>();
            var part = LiquidSegment.Of(context, value, offset, length);
            var items = new List<object?>();
            for (var i = 0L; i < part.Count; i++)
            {
                context.Page.Step();
                items.Add(part[i]);
            }
            return items;
        }
        if (value is IEnumerable and not string) return Slice(context, LiquidItems.Flat(context, value).ToList(), arguments);
        var text = context.Page.TextOf(value);
        if (offset < 0) offset += LiquidTextFilters.CodePoints(text);
        if (offset < 0) return "";
        var start = LiquidTextFilters.IndexOf(text, offset);
        var rest = text[start..];
        return rest[..LiquidTextFilters.IndexOf(rest, length)];
    }

    // As in Ruby: a blank splits at white space of any length, an empty pattern between all characters. Empty parts at the end are removed.
    static List<object?> Split(LiquidContext context, string text, string pattern)
    {
        var parts = new List<object?>();
        if (pattern.Length == 0)
            for (int i = 0, width; i < text.Length; i += width)
            {
                width = LiquidTextFilters.Width(text, i);
                Add(text.Substring(i, width));
            }
        else if (pattern == " ")
        {
            var start = -1;
            for (var i = 0; i <= text.Length; i++)
                if (i < text.Length && !char.IsWhiteSpace(text[i])) start = start < 0 ? i : start;
                else if (start >= 0)
                {
                    Add(text[start..i]);
                    start = -1;
                }
        }
        else
        {
            var start = 0;
            for (int end; (end = text.IndexOf(pattern, start, StringComparison.Ordinal)) >= 0; start = end + pattern.Length)
                Add(text[start..end]);
            Add(text[start..]);
        }
        while (parts is [.., ""]) parts.RemoveAt(parts.Count - 1);
        return parts;

        void Add(string part)
        {
            context.Page.Step();
            context.Page.Count(part.Length);
            parts.Add(part);
        }
    }

    static string Name(TemplateArguments arguments, string filter) =>
        arguments.Positional.Count > 0 ? TemplateData.Text(arguments.Positional[0])
        : throw new ModularException($"The filter \"{filter}\" needs the name of a property. Write it after a colon.");

    static object? Member(LiquidContext context, object? item, string name) =>
        context.Page.TryGetMember(item, name, out var member) ? member : null;
}
