using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Modular;

/// <summary>The filters that every engine offers, because they belong to escaping.</summary>
static class BuiltInFilters
{
    internal static Dictionary<string, TemplateFilter> For(JsonSerializerOptions json) => new()
    {
        ["safe"] = (value, _) => value is Markup ? value : new Markup(Text(value)),
        ["e"] = (value, _) => Markup.Escape(value),
        ["escape"] = (value, _) => Markup.Escape(value),
        ["forceescape"] = (value, _) => Markup.Escape(Text(value)),
        ["striptags"] = (value, _) => new Markup(Text(value)).StripTags(),
        ["tojson"] = (value, _) => ToJson(value, json),
    };

    static string Text(object? value) => value is Markup markup ? markup.ToString() : Markup.Escape(value).Unescape();

    /// <summary>JSON that can stand in a script and in an attribute with single quotes: <c>&lt; &gt; &amp; '</c> are <c>\u003C</c> and so on. As Flask's <c>tojson</c>.</summary>
    static Markup ToJson(object? value, JsonSerializerOptions json)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        // The default encoder writes all of HTML's own characters, and the line ends of JavaScript, as escapes.
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
            if (value is null) writer.WriteNullValue();
            else JsonSerializer.Serialize(writer, value, json.GetTypeInfo(value.GetType()));
        return new(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
