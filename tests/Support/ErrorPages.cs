using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Modular.Tests.Support;

/// <summary>Flask's error pages as ours are: the same page with two lines more, for small screens and dark ones (see DEVIATIONS.md).</summary>
public static class ErrorPages
{
    const string Head = "<!doctype html>\n<html lang=en>\n";
    const string More = "<meta name=viewport content=\"width=device-width\">\n<meta name=color-scheme content=\"light dark\">\n";

    /// <summary>The answers of a vector file, with each error page, and its length, as we send it.</summary>
    public static JsonElement Of(byte[] json)
    {
        var file = JsonNode.Parse(json)!;
        Walk(file);
        return JsonElement.Parse(file.ToJsonString());
    }

    /// <summary>A page of Flask's as ours is; any other text as it is.</summary>
    public static string Of(string body) =>
        body.StartsWith($"{Head}<title>", StringComparison.Ordinal) && char.IsAsciiDigit(body[$"{Head}<title>".Length]) ? body.Insert(Head.Length, More) : body;

    static void Walk(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Walk(item);
            return;
        }
        if (node is not JsonObject fields) return;
        foreach (var (_, value) in fields) Walk(value);
        if (fields["body"] is not JsonValue text || text.GetValueKind() != JsonValueKind.String) return;
        var body = text.GetValue<string>();
        if (Of(body) == body) return;
        fields["body"] = Of(body);
        foreach (var header in fields["headers"]!.AsArray())
            if (header![0]!.GetValue<string>() == "Content-Length")
                header[1] = (int.Parse(header[1]!.GetValue<string>(), CultureInfo.InvariantCulture) + More.Length).ToString(CultureInfo.InvariantCulture);
    }
}
