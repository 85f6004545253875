using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Modular.Cli;

/// <summary>Writes JSON for other programs.</summary>
static class ConsoleJson
{
    internal static void Json(this ConsoleOutput screen, JsonNode node)
    {
        using var bytes = new MemoryStream();
        // For a terminal or a pipe, never for HTML, so rules may keep their angle brackets.
        using (var writer = new Utf8JsonWriter(bytes, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) node.WriteTo(writer);
        screen.Line(Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
