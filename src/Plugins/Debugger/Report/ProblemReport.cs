using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Modular.Debugger;

/// <summary>A report as problem+json, RFC 9457, with the exceptions as an extension.</summary>
static class ProblemReport
{
    internal static string Of(ErrorReport report)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true })) Write(json, report);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    static void Write(Utf8JsonWriter json, ErrorReport report)
    {
        json.WriteStartObject();
        json.WriteString("title", report.Parts[0].Type);
        json.WriteNumber("status", StatusCodes.Status500InternalServerError);
        json.WriteString("detail", report.Parts[0].Error.Message);
        json.WriteString("request", $"{report.Failure.Method} {report.Failure.Url}");
        json.WriteStartArray("exceptions");
        foreach (var part in report.Parts)
        {
            json.WriteStartObject();
            json.WriteString("type", part.Type);
            json.WriteString("message", part.Error.Message);
            json.WriteStartArray("frames");
            foreach (var frame in part.Frames) json.WriteStringValue(frame.ToString());
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
