using System.Collections;
using System.Text.Json;

namespace Modular.Templating.Liquid;

/// <summary>The items of values.</summary>
static class LiquidItems
{
    const int MaxNesting = 32;

    /// <summary>The items of a list, the pairs of a dictionary, or a text as one item. Null for other values.</summary>
    internal static IEnumerable? Of(object? value) => value switch
    {
        null => null,
        string or Modular.Markup => value.ToString()!.Length == 0 ? Array.Empty<object?>() : new[] { value },
        JsonElement { ValueKind: JsonValueKind.Object } json =>
            json.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, TemplateData.Plain(property.Value))),
        JsonElement json => TemplateData.Plain(json) as IEnumerable,
        IEnumerable items => items,
        _ => null,
    };

    /// <summary>
    /// The items for a list filter: nested lists are flattened, any other value is a list with one item. Each item is counted.
    /// </summary>
    internal static IEnumerable<object?> Flat(LiquidContext context, object? value, int depth = 0)
    {
        if (value is null) yield break;
        if (value is string || Of(value) is not { } items)
        {
            yield return value;
            yield break;
        }
        if (depth > MaxNesting)
            throw new ModularException(
                $"A list is nested deeper than {MaxNesting} levels, or contains itself. Write its items in a loop of the template.");
        foreach (var item in items)
        {
            if (items is not LiquidNumbers) context.Page.Step();
            if (item is IEnumerable and not (string or IDictionary))
                foreach (var inner in Flat(context, item, depth + 1)) yield return inner;
            else yield return item;
        }
    }
}

/// <summary>The part of a list that a loop enumerates.</summary>
sealed class LiquidSegment
{
    readonly IList? _list;
    readonly LiquidNumbers? _numbers;
    readonly long _first;

    LiquidSegment(IList? list, LiquidNumbers? numbers, long first, long count, bool isCounted) =>
        (_list, _numbers, _first, Count, IsCounted) = (list, numbers, first, count, isCounted);

    internal long Count { get; }

    /// <summary>True when the items were counted while reading. Otherwise the loop counts its iterations.</summary>
    internal bool IsCounted { get; }

    internal object? this[long index] => _numbers is not null ? _numbers[_first + index] : _list![(int)(_first + index)];

    internal static LiquidSegment Of(LiquidContext context, object? value, long offset, long? limit)
    {
        offset = Math.Max(0, offset);
        if (value is LiquidNumbers numbers) return new(null, numbers, offset, Rest(numbers.Count), false);
        if (value is IList list and not Array { Rank: > 1 }) return new(list, null, offset, Rest(list.Count), false);
        var read = new List<object?>();
        var index = 0L;
        if (LiquidItems.Of(value) is { } items)
            foreach (var item in items)
            {
                if (limit is { } most && index >= offset + most) break;
                context.Page.Step();
                if (index++ >= offset) read.Add(item);
            }
        return new(read, null, 0, read.Count, true);

        long Rest(long count) => Math.Max(0, Math.Min(count - offset, limit ?? long.MaxValue));
    }
}
