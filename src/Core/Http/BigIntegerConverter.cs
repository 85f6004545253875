using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Modular;

/// <summary>Whole numbers of any length as JSON numbers, for a rule's <c>&lt;int:n&gt;</c> has no limit.</summary>
sealed class BigIntegerConverter : JsonConverter<BigInteger>
{
    public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var number = JsonDocument.ParseValue(ref reader);
        return BigInteger.TryParse(number.RootElement.GetRawText(), out var value) ? value
            : throw new JsonException($"{number.RootElement.GetRawText()} is no whole number.");
    }

    public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) => writer.WriteRawValue(value.ToString());
}
