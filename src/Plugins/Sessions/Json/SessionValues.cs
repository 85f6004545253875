using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Html;

namespace Modular.Sessions;

/// <summary>The types that a session stores, and the conversion of others.</summary>
static class SessionValues
{
    /// <summary>The value to store: JSON becomes plain values, any other value stays unchanged.</summary>
    /// <exception cref="ModularException">A session can't store this type.</exception>
    internal static object? Accept(object? value, SessionTags tags) => value switch
    {
        null or string or bool or int or long or double or Guid or Markup or DateTimeOffset or byte[] => value,
        JsonElement json => Plain(json),
        _ when tags.Of(value) is not null => value,
        JsonNode or JsonDocument => Json(value),
        _ => IsKept(value) ? value : throw Refused(value),
    };

    /// <summary>True for values that are stored unchanged. The items of a list are checked when the session is saved.</summary>
    internal static bool IsKept(object? value) => value is
        null or string or bool or Guid or DateTimeOffset or DateTime or IHtmlContent or
        JsonElement or JsonDocument or ITuple or IEnumerable or Memory<byte> or ReadOnlyMemory<byte>
        || SimpleValues.Digits(value) is not null || SimpleValues.Float(value) is not null || SimpleValues.Text(value) is not null;

    internal static ModularException Refused(object value) => new(
        $"The session can't store a value of type {value.GetType().Name}. " +
        "Store text, numbers, dates, Guid, bytes, Markup, lists, tuples and dictionaries of these, or call session.Set(key, value), " +
        "which stores an object as JSON.");

    /// <summary>Converts any JSON type to plain values.</summary>
    internal static object? Json(object json) => json switch
    {
        JsonElement element => Plain(element),
        JsonDocument document => Plain(document.RootElement),
        _ => Plain(JsonElement.Parse(((JsonNode)json).ToJsonString())),
    };

    /// <summary>Converts JSON to plain values: numbers as in Python, and mutable lists and dictionaries.</summary>
    internal static object? Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(json),
        JsonValueKind.Array => List(json),
        JsonValueKind.Object => Dictionary(json),
        _ => null,
    };

    static object Number(JsonElement json)
    {
        if (json.TryGetInt32(out var small)) return small;
        if (json.TryGetInt64(out var large)) return large;
        var text = json.GetRawText();
        return text.AsSpan().ContainsAny('.', 'e', 'E')
            ? json.GetDouble()
            : BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    static List<object?> List(JsonElement json)
    {
        var list = new List<object?>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray()) list.Add(Plain(item));
        return list;
    }

    static Dictionary<string, object?> Dictionary(JsonElement json)
    {
        var dictionary = new Dictionary<string, object?>();
        foreach (var property in json.EnumerateObject()) dictionary[property.Name] = Plain(property.Value);
        return dictionary;
    }
}
