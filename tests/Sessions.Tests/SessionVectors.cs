using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Modular.Sessions.Tests;

/// <summary>The files of facts about Flask; see tests/Vectors.</summary>
static class SessionVectors
{
    internal static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    internal static SecretKey Key(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString()! : Convert.FromBase64String(json.Text("$bytes"));

    /// <summary>A value of the files as a session has it.</summary>
    internal static object? Value(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array) return json.EnumerateArray().Select(Value).ToList();
        if (json.ValueKind != JsonValueKind.Object) return SessionValues.Plain(json);
        if (json.EnumerateObject().ToArray() is not [{ Name: ['$', ..] } tag]) return json.EnumerateObject().ToDictionary(property => property.Name, property => Value(property.Value));
        return tag.Name switch
        {
            "$tuple" => new SessionTuple([.. tag.Value.EnumerateArray().Select(Value)]),
            "$bytes" => Convert.FromBase64String(tag.Value.GetString()!),
            "$uuid" => Guid.Parse(tag.Value.GetString()!),
            "$markup" => new Markup(tag.Value.GetString()!),
            "$datetime" => DateTimeOffset.Parse(tag.Value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            _ => throw new NotSupportedException(tag.Name),
        };
    }

    /// <summary>A value with its types, to compare by.</summary>
    internal static string Show(object? value) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text),
        bool yes => yes ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        int or long or BigInteger => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        byte[] bytes => $"bytes {Convert.ToHexString(bytes)}",
        Guid id => $"uuid {id}",
        Markup markup => $"markup {JsonSerializer.Serialize(markup.ToString())}",
        DateTimeOffset moment => $"date {moment.ToUniversalTime():s}",
        SessionTuple tuple => $"({string.Join(", ", tuple.Select(Show))})",
        IDictionary<string, object?> dictionary => $"{{{string.Join(", ", dictionary.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{Show(p.Key)}: {Show(p.Value)}"))}}}",
        IEnumerable<object?> list => $"[{string.Join(", ", list.Select(Show))}]",
        _ => value.GetType().Name,
    };

    internal static string Utf8(this byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
