using System.Text.Encodings.Web;

namespace Modular;

/// <summary>Text that is already HTML and isn't escaped again. Other text is escaped when it is combined with it.</summary>
/// <param name="html">Trusted HTML. For a visitor's text use <see cref="Escape(object?)"/> or <see cref="Functions.Html(ref MarkupHandler)"/>.</param>
public sealed class Markup(string html) : IHtmlContent
{
    static readonly SearchValues<char> Special = SearchValues.Create("&<>'\"");
    readonly string _html = html;

    /// <summary>No characters.</summary>
    public static Markup Empty { get; } = new("");

    /// <summary>The value in the invariant culture, escaped for HTML and quoted attributes; HTML content as it is.</summary>
    /// <returns><see cref="Empty"/> for null.</returns>
    public static Markup Escape(object? value)
    {
        if (value is IHtmlContent content) return content as Markup ?? new(Render(content));
        var text = value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString();
        return string.IsNullOrEmpty(text) ? Empty : new(Escaped(text) ?? text);
    }

    /// <summary>Writes escaped text, for template engines and other writers of pages.</summary>
    public static void Escape(ReadOnlySpan<char> text, TextWriter writer)
    {
        while (text.IndexOfAny(Special) is >= 0 and var special)
        {
            writer.Write(text[..special]);
            // Numbers for the quotes, because &apos; is unknown to HTML 4 and &quot; is longer; as MarkupSafe.
            writer.Write(text[special] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&#34;", _ => "&#39;" });
            text = text[(special + 1)..];
        }
        writer.Write(text);
    }

    internal static string? Escaped(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny(Special)) return null;
        using var writer = new StringWriter(new StringBuilder(text.Length + 16), CultureInfo.InvariantCulture);
        Escape(text, writer);
        return writer.ToString();
    }

    /// <summary>The items, escaped where needed, with this markup between them.</summary>
    public Markup Join(params IEnumerable<object?> items) => new(string.Join(_html, items.Select(item => Escape(item)._html)));

    /// <summary>Both parts in a row.</summary>
    public static Markup operator +(Markup left, Markup right) => new(left._html + right._html);

    /// <summary>The markup, then the escaped text.</summary>
    public static Markup operator +(Markup left, string? right) => left + Escape(right);

    /// <summary>The escaped text, then the markup.</summary>
    public static Markup operator +(string? left, Markup right) => Escape(left) + right;

    /// <summary>True when both hold the same HTML, compared ordinally.</summary>
    public static bool operator ==(Markup? left, Markup? right) => left?._html == right?._html;

    /// <summary>True when they hold different HTML, compared ordinally.</summary>
    public static bool operator !=(Markup? left, Markup? right) => !(left == right);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Markup other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode() => _html.GetHashCode();

    /// <summary>The HTML itself.</summary>
    public override string ToString() => _html;

    void IHtmlContent.WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(_html);

    internal static string Render(IHtmlContent content)
    {
        if (content is Markup markup) return markup._html;
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        content.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}

/// <summary>Markup as a JSON string. It is only written, because text from a client must not become markup.</summary>
sealed class MarkupJson : JsonConverter<Markup>
{
    public override Markup Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("Markup is not read from JSON.");

    public override void Write(Utf8JsonWriter writer, Markup value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
