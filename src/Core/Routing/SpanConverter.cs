namespace Modular;

/// <summary>A built-in converter: matches, checks and converts on spans, without a regular expression.</summary>
abstract class SpanConverter : UrlConverter
{
    /// <summary>True when the shortest match is tried first, as <c>.*?</c> does.</summary>
    internal virtual bool IsLazy => false;

    /// <summary>The only texts that match, in the order they are tried; null when lengths are measured.</summary>
    internal virtual IReadOnlyList<string>? Choices => null;

    /// <summary>How many chars at the start of the text the variable can take: any length from shortest to longest.</summary>
    /// <returns>False when it can take none.</returns>
    internal abstract bool TryMeasure(ReadOnlySpan<char> text, out int shortest, out int longest);

    /// <summary>False when a matched text is no value after all, as a number out of its range: the answer is then 404.</summary>
    internal virtual bool Accepts(ReadOnlySpan<char> text) => true;

    /// <summary>The boxed value of a matched and accepted text.</summary>
    internal virtual object Read(ReadOnlySpan<char> text) => text.ToString();

    /// <inheritdoc/>
    public override object ToValue(string text) =>
        TryMeasure(text, out var shortest, out var longest) && shortest <= text.Length && text.Length <= longest && Accepts(text)
            ? Read(text)
            : throw new FormatException($"\"{text}\" does not match \"{Pattern}\".");

    /// <inheritdoc/>
    internal override void AppendUrl(ref UrlWriter writer, object value) => UrlText.Append(ref writer, value, Percent.PathSafe);

    /// <inheritdoc/>
    public sealed override string ToUrl(object value)
    {
        var writer = new UrlWriter(stackalloc char[UrlWriter.StackSize]);
        AppendUrl(ref writer, value);
        return writer.ToStringAndDispose();
    }
}
