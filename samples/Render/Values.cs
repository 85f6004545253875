using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Render;

/// <summary>The values of a case: those of JSON, and some of Python that JSON doesn't have.</summary>
static class Values
{
    internal static Dictionary<string, object?> Named(JsonElement json) =>
        json.EnumerateObject().ToDictionary(value => value.Name, value => Of(value.Value));

    static object? Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(json),
        JsonValueKind.Array => json.EnumerateArray().Select(Of).ToList(),
        JsonValueKind.Object => Special(json),
        _ => null,
    };

    static object Number(JsonElement json)
    {
        var text = json.GetRawText();
        if (text.AsSpan().ContainsAny('.', 'e', 'E')) return double.Parse(text, CultureInfo.InvariantCulture);
        var whole = BigInteger.Parse(text, CultureInfo.InvariantCulture);
        return whole >= int.MinValue && whole <= int.MaxValue ? (int)whole
            : whole >= long.MinValue && whole <= long.MaxValue ? (long)whole
            : whole;
    }

    static object? Special(JsonElement json)
    {
        var properties = json.EnumerateObject().ToList();
        if (properties is not [var only] || !only.Name.StartsWith('$')) return Named(json);
        return only.Name switch
        {
            "$tuple" => new Items([.. only.Value.EnumerateArray().Select(Of)]),
            "$list" => only.Value.EnumerateArray().Select(Of).ToList(),
            "$markup" => new Markup(only.Value.GetString()!),
            "$float" => only.Value.GetString()!.ToLowerInvariant() switch
            {
                "nan" => double.NaN,
                "inf" => double.PositiveInfinity,
                "-inf" => double.NegativeInfinity,
                var text => double.Parse(text, CultureInfo.InvariantCulture),
            },
            "$pairs" => Pairs(only.Value),
            _ => Named(json),
        };
    }

    static Dictionary<object, object?> Pairs(JsonElement json)
    {
        Dictionary<object, object?> pairs = [];
        foreach (var pair in json.EnumerateArray()) pairs[Of(pair[0]) ?? "None"] = Of(pair[1]);
        return pairs;
    }

    /// <summary>A tuple of any length.</summary>
    sealed class Items(object?[] items) : ITuple
    {
        object? ITuple.this[int index] => items[index];

        int ITuple.Length => items.Length;
    }
}
