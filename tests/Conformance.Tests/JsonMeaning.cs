using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Conformance.Tests;

/// <summary>JSON in one spelling: keys sorted and the last of equal ones, numbers by their value, URLs of a request percent-decoded.</summary>
static partial class JsonMeaning
{
    static readonly HashSet<string> Urls = ["url", "base_url", "url_root", "external"];

    internal static string Of(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var text = new StringBuilder();
            Write(text, document.RootElement);
            return text.ToString();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair is JSON to Python, not to .NET: then the bytes are compared.
            return Encoding.UTF8.GetString(body);
        }
    }

    static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var property in value.EnumerateObject().GroupBy(property => property.Name).Select(same => same.Last()).OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    text.Append('"').Append(property.Name).Append("\": ");
                    if (Urls.Contains(property.Name) && property.Value.ValueKind == JsonValueKind.String) text.Append('"').Append(Decoded(property.Value.GetString()!)).Append('"');
                    else Write(text, property.Value);
                    text.Append(", ");
                }
                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Write(text, item);
                    text.Append(", ");
                }
                text.Append(']');
                break;
            case JsonValueKind.Number: text.Append(Number(value.GetRawText())); break;
            case JsonValueKind.String: text.Append('"').Append(value.GetString()).Append('"'); break;
            default: text.Append(value.GetRawText()); break;
        }
    }

    // Invalid UTF-8 stays encoded, in upper case.
    static string Decoded(string url) => Encoded().Replace(Uri.UnescapeDataString(url), match => match.Value.ToUpperInvariant());

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex Encoded();

    static string Number(string raw)
    {
        if (BigInteger.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole.ToString(CultureInfo.InvariantCulture);
        var number = double.Parse(raw, CultureInfo.InvariantCulture);
        return number == Math.Floor(number) && Math.Abs(number) < 1e15 ? ((long)number).ToString(CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);
    }
}
