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
        return text.Length >= Length && Guid.TryParseExact(text[..Length], "D", out _);
    }

    internal override object Read(ReadOnlySpan<char> text) => Guid.ParseExact(text, "D");
}
