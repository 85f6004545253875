using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace Modular.Tests;

public partial class EscapeVectorTests(ITestOutputHelper output)
{
    const string Absent = "(absent)";

    [Fact]
    public void Escaping_works_as_in_MarkupSafe()
    {
        var vectors = new VectorFile("escape.json", output,
            ("""escape {"a":"<"}""", Absent, "Python's repr of a dictionary has no counterpart"),
            ("markup_ctor null", "", "null is empty text in .NET"),
            ("""mod "%r" "<x>" """, Absent, "no repr in .NET"),
            ("""mod "%s" [["<"]]""", Absent, "no repr in .NET"),
            ("""mod "%i" 2.9""", Absent, "holes have .NET's formats; no cut to an integer"),
            ("""mod "%x" 255""", Absent, "holes have .NET's formats: {value:x}"),
            ("""mod "%s %s" {"$tuple":["one"]}""", Absent, "a missing value is a compiler error"),
            ("""format "{0!r}" ["<"]""", Absent, "no repr in .NET"),
            ("""add_nonstr 1""", Absent, "a compiler error"),
            ("""mul 3""", Absent, "strings are not multiplied in .NET"),
            ("method", Absent, "Markup is no string in .NET: use ToString() and new Markup(…)"));

        // Those of "unescape" are among the tests of Modular.Templating.
        foreach (var vector in VectorFile.Load("escape.json").EnumerateArray().Where(vector => vector.GetProperty("op").GetString() != "unescape"))
        {
            var expect = vector.TryGetProperty("expect", out var value) ? value : vector.GetProperty("expect_error");
            vectors.Check(KeyOf(vector), expect.ToString(), Answer(vector) ?? Absent);
        }
        vectors.Finish();
    }

    static string KeyOf(JsonElement vector)
    {
        var op = vector.GetProperty("op").GetString()!;
        return op switch
        {
            "method" => op,
            "mul" => $"mul {vector.GetProperty("n")}",
            "mod" or "format" => $"{op} {vector.GetProperty("markup").GetRawText()} {Compact(vector.GetProperty("args"))}"
                + (vector.GetProperty("args").ValueKind == JsonValueKind.String ? " " : ""),
            "add_nonstr" => $"{op} {vector.GetProperty("right")}",
            _ => $"{op} {(vector.TryGetProperty("value", out var value) ? Compact(value) : vector.GetRawText())}",
        };
    }

    static string Compact(JsonElement element) => JsonSerializer.Serialize(element, Relaxed);

    static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static string? Answer(JsonElement vector)
    {
        JsonElement Get(string name) => vector.GetProperty(name);
        Markup MarkupOf(string name) => (Markup)Value(Get(name))!;
        switch (Get("op").GetString())
        {
            case "escape" when Value(Get("value")) is JsonElement: return null;
            case "escape" or "escape_silent" or "markup_ctor": return Markup.Escape(Value(Get("value"))).ToString();
            case "mod": return Format(Get("markup").GetString()!, Get("args"), default);
            case "format": return Format(Get("markup").GetString()!, Get("args"), Get("kwargs"));
            case "add": return (MarkupOf("left") + (string?)Value(Get("right"))).ToString();
            case "radd" when Value(Get("left")) is Markup left: return (left + MarkupOf("right")).ToString();
            case "radd": return ((string?)Value(Get("left")) + MarkupOf("right")).ToString();
            case "join": return new Markup(Get("markup").GetString()!).Join(Get("items").EnumerateArray().Select(Value)).ToString();
            default: return null;
        }
    }

    static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt32(out var number) ? (object)number : json.GetDouble(),
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        JsonValueKind.Object when json.TryGetProperty("$markup", out var html) => new Markup(html.GetString()!),
        JsonValueKind.Object when json.TryGetProperty("$html_object", out var html) => new HtmlString(html.GetString()!),
        _ => json,
    };

    // Plays the compiler: literals and holes of a Python format go into the handler one by one.
    static string? Format(string format, JsonElement args, JsonElement named)
    {
        if (format == "{{}}") return Functions.Html($"{{}}").ToString();
        var handler = new MarkupHandler(format.Length, 2);
        var position = 0;
        var next = 0;
        foreach (Match hole in Hole().Matches(format))
        {
            handler.AppendLiteral(format[position..hole.Index]);
            position = hole.Index + hole.Length;
            var source = hole.Groups["name"].Value is { Length: > 0 } name && !char.IsDigit(name[0])
                ? (named.ValueKind == JsonValueKind.Object ? named : args).GetProperty(name)
                : args.ValueKind == JsonValueKind.Array ? args[next++] : args;
            if (hole.Groups["item"].Success) source = source[0];
            var value = Value(source);
            if (value is JsonElement) return null;
            switch (hole.Groups["spec"].Value)
            {
                case "s" or "d" or "" when value is int number: handler.AppendFormatted(number); break;
                case "s" or "d" or "" when value is Markup markup: handler.AppendFormatted(markup); break;
                case "s" or "": handler.AppendFormatted((string)value!); break;
                case ".2f": handler.AppendFormatted((double)value!, format: "0.00"); break;
                case ":>5": handler.AppendFormatted((string)value!, 5); break;
                default: return null;
            }
        }
        handler.AppendLiteral(format[position..]);
        return Functions.Html(ref handler).ToString();
    }

    [GeneratedRegex(@"%(\((?<name>\w+)\))?(?<spec>[sdirx]|\.2f)|\{(?<name>\w*)(?<item>\[0\])?(?<spec>[:!][^}]*)?\}")]
    private static partial Regex Hole();
}
