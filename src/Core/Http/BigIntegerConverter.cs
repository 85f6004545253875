using System.Text.Json.Serialization;

namespace Modular;

/// <summary>Whole numbers of any length as JSON numbers, for a rule's <c>&lt;int:n&gt;</c> has no limit.</summary>
sealed class BigIntegerConverter : JsonConverter<BigInteger>
{
    // As many as a rule's <int:n> takes; reading digits costs more than linear time.
    const int MaxDigits = 4300;

    public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var number = JsonDocument.ParseValue(ref reader);
        var text = number.RootElement.GetRawText();
        return text.Length <= MaxDigits
            && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
            : throw new JsonException($"{Quoted.Text(text)} is no whole number of up to {MaxDigits} digits.");
    }

    public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToString(CultureInfo.InvariantCulture));
}
