using Microsoft.AspNetCore.Html;

namespace Modular;

/// <summary>What <c>$"&lt;b&gt;{name}&lt;/b&gt;"</c> becomes where markup is asked for: literal text is HTML, holes are escaped.</summary>
/// <remarks>
/// Holes are written in the invariant culture; <see cref="Markup"/> and other <see cref="IHtmlContent"/> go in as they are; null
/// leaves its hole empty. Alignment counts the characters before escaping. Costs one string, and no boxing of numbers and dates.
/// </remarks>
[InterpolatedStringHandler]
public ref struct MarkupHandler(int literalLength, int formattedCount)
{
    DefaultInterpolatedStringHandler _html = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

    /// <summary>Appends HTML of the source code itself.</summary>
    public void AppendLiteral(string html) => _html.AppendLiteral(html);

    /// <summary>Appends any value, HTML content as it is and all else escaped: in a format, and filled up with spaces to a width.</summary>
    public void AppendFormatted<T>(T value, int alignment = 0, string? format = null)
    {
        // Test and cast on the spot, so that the JIT calls a struct's own method instead of boxing it.
        if (value is IHtmlContent) _html.AppendFormatted(Markup.Render((IHtmlContent)value), alignment);
        else if (value is not ISpanFormattable)
            AppendText(value is IFormattable text ? text.ToString(format, CultureInfo.InvariantCulture) : value?.ToString(), alignment);
        else
        {
            // Most numbers and dates hold nothing special, so they are written in place and only looked at afterwards.
            var start = _html.Text.Length;
            _html.AppendFormatted(value, alignment, format);
            if (Markup.Escaped(_html.Text[start..]) is not { } escaped) return;
            var before = _html.Text[..start].ToString();
            _html.Clear();
            _html.AppendLiteral(before);
            _html.AppendLiteral(escaped);
        }
    }

    void AppendText(string? text, int alignment)
    {
        text = alignment < 0 ? (text ?? "").PadRight(-alignment) : (text ?? "").PadLeft(alignment);
        _html.AppendLiteral(Markup.Escaped(text) ?? text);
    }

    internal Markup ToMarkup() => _html.ToStringAndClear() is { Length: > 0 } html ? new(html) : Markup.Empty;
}
