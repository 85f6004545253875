namespace Modular;

/// <summary>Handles <c>$"&lt;b&gt;{name}&lt;/b&gt;"</c> as markup: the literal text is HTML, and the values are escaped.</summary>
/// <remarks>The culture is invariant, null is empty, and alignment counts the characters before escaping.</remarks>
[InterpolatedStringHandler]
public ref struct MarkupHandler(int literalLength, int formattedCount)
{
    DefaultInterpolatedStringHandler _html = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

    /// <summary>Appends literal HTML from the source code.</summary>
    public void AppendLiteral(string html) => _html.AppendLiteral(html);

    /// <summary>Appends a value, escaped unless it is HTML content, with an optional format and width.</summary>
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
