namespace Modular;

/// <summary>A built-in converter. Where its variable is all of a segment, it matches and converts on spans, without a regular expression.</summary>
abstract class SpanConverter : UrlConverter
{
    /// <summary>What <see cref="UrlConverter.Pattern"/> says of the whole text.</summary>
    internal abstract bool Matches(ReadOnlySpan<char> text);

    /// <summary>False when a matched text is no value after all, as a number out of its range: the answer is then 404.</summary>
    internal virtual bool Accepts(ReadOnlySpan<char> text) => true;

    /// <summary>The boxed value of a matched and accepted text.</summary>
    internal virtual object Read(ReadOnlySpan<char> text) => text.ToString();

    public override object ToValue(string text) =>
        Matches(text) && Accepts(text) ? Read(text) : throw new FormatException($"\"{text}\" does not match \"{Pattern}\".");

    internal override void AppendUrl(ref UrlWriter writer, object value) => writer.AppendValue(value, Percent.PathSafe);

    // An emoji counts once.
    protected static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        foreach (var c in text)
            if (char.IsLowSurrogate(c)) count--;
        return count;
    }
}
