using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Html;

namespace Modular.Templating;

/// <summary>The filters of every engine, which concern escaping.</summary>
static class BuiltInFilters
{
    internal static Dictionary<string, TemplateFilter> For(JsonSerializerOptions json)
    {
        var data = new Lazy<JsonSerializerOptions>(() => TemplateJson.Of(json));
        return new()
        {
            ["safe"] = (value, arguments) => value is Markup ? value : new Markup(Text(value, arguments)),
            ["e"] = Escape,
            ["escape"] = Escape,
            ["forceescape"] = (value, arguments) => Markup.Escape(Text(value, arguments)),
            ["striptags"] = (value, arguments) => new Markup(Text(value, arguments)).StripTags(),
            ["tojson"] = (value, arguments) => ToJson(value, data.Value, arguments.Render),
        };
    }

    static Markup Escape(object? value, TemplateArguments arguments) =>
        value is IHtmlContent ? Markup.Escape(value) : Markup.Escape(Text(value, arguments));

    static string Text(object? value, TemplateArguments arguments) => arguments.Render?.TextOf(value) ?? TemplateData.Text(value);

    /// <summary>
    /// JSON that is safe in a script and in an attribute with single quotes: <c>&lt; &gt; &amp; '</c> are written as <c>\u003C</c> and so
    /// on. Like Flask's <c>tojson</c>.
    /// </summary>
    static Markup ToJson(object? value, JsonSerializerOptions json, TemplateRender? render)
    {
        var buffer = new CheckedBuffer(render);
        // The default encoder escapes HTML's special characters and JavaScript's line separators.
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default });
        try
        {
            if (value is null) writer.WriteNullValue();
            else JsonSerializer.Serialize(writer, value, json.GetTypeInfo(value.GetType()));
            writer.Flush();
        }
        catch
        {
            writer.Reset();         // Dispose would write otherwise
            throw;
        }
        return new(Encoding.UTF8.GetString(buffer.Written));
    }

    /// <summary>Checks the page's limits while the JSON grows.</summary>
    sealed class CheckedBuffer(TemplateRender? render) : IBufferWriter<byte>
    {
        readonly ArrayBufferWriter<byte> _bytes = new(256);

        internal ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

        public void Advance(int count)
        {
            _bytes.Advance(count);
            render?.CheckRoom(_bytes.WrittenCount);
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => _bytes.GetMemory(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => _bytes.GetSpan(sizeHint);
    }
}
