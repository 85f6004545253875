using Microsoft.AspNetCore.Html;

namespace Modular;

/// <summary>What <c>$"&lt;b&gt;{name}&lt;/b&gt;"</c> becomes where markup is asked for: literal text is HTML, holes are escaped.</summary>
/// <remarks>
/// Holes are written in the invariant culture; <see cref="Markup"/> and other <see cref="IHtmlContent"/> go in as they are; null
/// leaves its hole empty. Alignment counts the characters before escaping. Costs one string, and no boxing of numbers and dates.
/// </remarks>
[InterpolatedStringHandler]
public ref struct MarkupHandler
{
    const int GuessPerHole = 16;
    ValueBuffer _html;

    /// <summary>Called by the compiler.</summary>
    public MarkupHandler(int literalLength, int formattedCount) => _html = new(literalLength + formattedCount * GuessPerHole);

    /// <summary>Appends HTML of the source code itself.</summary>
    public void AppendLiteral(string html) => _html.Append(html);

    /// <summary>Appends escaped text.</summary>
    public void AppendFormatted(string? text) => HtmlEscape.AppendTo(ref _html, text);

    /// <summary>Appends escaped text.</summary>
    public void AppendFormatted(ReadOnlySpan<char> text) => HtmlEscape.AppendTo(ref _html, text);

    /// <summary>Appends HTML as it is.</summary>
    public void AppendFormatted(Markup? markup) => _html.Append(markup?.ToString());

    /// <summary>Appends any value: HTML content as it is, all else escaped.</summary>
    public void AppendFormatted<T>(T value) => AppendFormatted(value, 0, null);

    /// <summary>Appends any value in a format, such as <c>{price:0.00}</c>.</summary>
    public void AppendFormatted<T>(T value, string? format) => AppendFormatted(value, 0, format);

    /// <summary>Appends any value, filled up with spaces to a width; to the left side when it is negative.</summary>
    public void AppendFormatted<T>(T value, int alignment) => AppendFormatted(value, alignment, null);

    /// <summary>Appends any value in a format, filled up with spaces to a width.</summary>
    public void AppendFormatted<T>(T value, int alignment, string? format)
    {
        var start = _html.Length;
        AppendRaw(value, format);
        Align(start, alignment);
        if (value is not IHtmlContent) EscapeFrom(start);
    }

    internal Markup ToMarkup() => _html.Length == 0 ? Close() : new(_html.ToStringAndReturn());

    Markup Close()
    {
        _html.ToStringAndReturn();
        return Markup.Empty;
    }

    // Test and cast on the spot, so that the JIT calls a struct's own method instead of boxing it.
    void AppendRaw<T>(T value, string? format)
    {
        if (value is IHtmlContent) _html.Append(Markup.Render((IHtmlContent)value));
        else if (value is ISpanFormattable)
        {
            int written;
            while (!((ISpanFormattable)value).TryFormat(_html.Free, out written, format, CultureInfo.InvariantCulture))
                _html.Grow(_html.Length + GuessPerHole);
            _html.Advance(written);
        }
        else if (value is IFormattable) _html.Append(((IFormattable)value).ToString(format, CultureInfo.InvariantCulture));
        else _html.Append(value?.ToString());
    }

    void Align(int start, int alignment)
    {
        var padding = Math.Abs(alignment) - (_html.Length - start);
        if (padding <= 0) return;
        if (alignment < 0)
        {
            _html.Append(' ', padding);
            return;
        }
        var value = _html.Written[start..].ToString();
        _html.Truncate(start);
        _html.Append(' ', padding);
        _html.Append(value);
    }

    // Most numbers and dates hold nothing special, so they are written in place and only looked at here.
    void EscapeFrom(int start)
    {
        if (HtmlEscape.IndexOfSpecial(_html.Written[start..]) is var special and >= 0)
        {
            var text = _html.Written[(start + special)..].ToString();
            _html.Truncate(start + special);
            HtmlEscape.AppendTo(ref _html, text);
        }
    }
}
