using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Modular.Cli;

/// <summary>Writes JSON output.</summary>
static class ConsoleJson
{
    internal static void Json(this ConsoleOutput screen, JsonNode node)
    {
        using var bytes = new MemoryStream();
        // The output isn't HTML, so angle brackets don't need escaping.
        using (var writer = new Utf8JsonWriter(bytes,
            new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) node.WriteTo(writer);
        screen.Line(Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
