namespace Modular;

/// <summary>What <c>$"&lt;b&gt;{name}&lt;/b&gt;"</c> becomes where markup is asked for: literal text is HTML, holes are escaped.</summary>
/// <remarks>The culture is invariant, null leaves its hole empty, and alignment counts the characters before escaping.</remarks>
[InterpolatedStringHandler]
public ref struct MarkupHandler(int literalLength, int formattedCount)
{
    DefaultInterpolatedStringHandler _html = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

    /// <summary>Appends HTML of the source code itself.</summary>
    public void AppendLiteral(string html) => _html.AppendLiteral(html);

    /// <summary>Appends any value, HTML content as it is and all else escaped: in a format, and filled up with spaces to a width.</summary>
    public void AppendFormatted<T>(T value, int alignment = 0, string? format = null)
    {
        if (value is IHtmlContent content)
        {
            _html.AppendFormatted(Markup.Render(content), alignment);
            return;
        }
        var text = (value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString()) ?? "";
        text = alignment < 0 ? text.PadRight(-alignment) : text.PadLeft(alignment);
        _html.AppendLiteral(Markup.Escaped(text) ?? text);
    }

    internal Markup ToMarkup() => _html.ToStringAndClear() is { Length: > 0 } html ? new(html) : Markup.Empty;
}
