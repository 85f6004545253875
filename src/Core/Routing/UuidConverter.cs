namespace Modular;

/// <summary><c>&lt;uuid:name&gt;</c>: a UUID in its hyphenated form, in either letter case; the value is a <see cref="Guid"/>.</summary>
sealed class UuidConverter : SpanConverter
{
    const int Length = 36;

    internal UuidConverter(ConverterArguments arguments) => arguments.Allow();

    public override string Pattern => "[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}";

    public override Type ValueType => typeof(Guid);

    internal override bool TryMeasure(ReadOnlySpan<char> text, out int shortest, out int longest)
    {
        shortest = longest = Length;
        return text.Length >= Length && IsUuid(text[..Length]);
    }

    // Guid.TryParseExact would take a plus sign or "0x" in place of digits.
    static bool IsUuid(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < Length; i++)
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit(text[i])) return false;
        return true;
    }

    internal override object Read(ReadOnlySpan<char> text) => Guid.ParseExact(text, "D");
}
