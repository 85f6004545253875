namespace Modular;

/// <summary><c>&lt;path:name&gt;</c>: text with slashes, but not at its start. It takes as little as it can.</summary>
sealed class PathConverter : SpanConverter
{
    internal PathConverter(ConverterArguments arguments) => arguments.Allow();

    public override string Pattern => "[^/].*?";

    public override int Weight => 200;

    public override bool PartIsolating => false;

    internal override bool IsLazy => true;

    internal override bool TryMeasure(ReadOnlySpan<char> text, out int shortest, out int longest)
    {
        (shortest, longest) = (1, text.Length);
        if (text.IsEmpty || text[0] == '/') return false;
        // As "." in a regular expression: a newline is taken in the first place only.
        var newline = text[1..].IndexOf('\n');
        if (newline >= 0) longest = newline + 1;
        return true;
    }
}
