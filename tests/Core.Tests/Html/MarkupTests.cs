using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Modular.Tests;

public class MarkupTests
{
    [Fact]
    public void An_interpolated_value_is_escaped_unless_it_is_markup()
    {
        var name = "<blink>hacker</blink>";

        var markup = Functions.Html($"<strong>Hello {name}{new Markup("!<br>")}</strong>");

        Assert.Equal("<strong>Hello &lt;blink&gt;hacker&lt;/blink&gt;!<br></strong>", markup.ToString());
    }

    [Fact]
    public void Quotes_are_escaped_so_that_a_value_cannot_leave_its_attribute()
    {
        var title = "\" onclick='steal()'";

        var markup = Functions.Html($"<b title=\"{title}\">");

        Assert.Equal("<b title=\"&#34; onclick=&#39;steal()&#39;\">", markup.ToString());
    }

    [Fact]
    public void Values_are_written_in_the_invariant_culture_with_their_formats()
    {
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };

        var markup = Functions.Html($"{3.14159:0.00} {1234.5} {new DateTime(2026, 5, 4):yyyy-MM-dd} {DayOfWeek.Monday} {true}");

        Assert.Equal("3.14 1234.5 2026-05-04 Monday True", markup.ToString());
    }

    [Fact]
    public void A_format_that_makes_special_characters_is_escaped_too()
    {
        var markup = Functions.Html($"{5:'<'0'>'}");

        Assert.Equal("&lt;5&gt;", markup.ToString());
    }

    [Fact]
    public void Alignment_counts_characters_before_escaping()
    {
        var markup = Functions.Html($"[{"<",3}][{"&",-3}][{7,3}]");

        Assert.Equal("[  &lt;][&amp;  ][  7]", markup.ToString());
    }

    [Fact]
    public void Null_is_written_as_nothing()
    {
        string? text = null;
        Markup? markup = null;
        object? value = null;

        Assert.Equal("[][][]", Functions.Html($"[{text}][{markup}][{value}]").ToString());
    }

    [Fact]
    public void Other_html_content_is_not_escaped()
    {
        IHtmlContent content = new HtmlString("<i>");

        Assert.Equal("<i>", Functions.Html($"{content}").ToString());
        Assert.Equal("<i>", Markup.Escape((object)content).ToString());
    }

    [Fact]
    public void A_value_longer_than_the_buffer_is_written_whole()
    {
        var text = new string('<', 5000);

        var markup = Functions.Html($"{text}{new LongValue(5000)}");

        Assert.Equal(string.Concat(Enumerable.Repeat("&lt;", 10_000)), markup.ToString());
    }

    [Fact]
    public void Text_added_to_markup_is_escaped_on_either_side()
    {
        var bold = new Markup("<b>");

        Assert.Equal("<b>&lt;i&gt;", (bold + "<i>").ToString());
        Assert.Equal("&lt;i&gt;<b>", ("<i>" + bold).ToString());
        Assert.Equal("<b><b>", (bold + bold).ToString());
    }

    [Fact]
    public void Markup_is_equal_to_the_same_html_only()
    {
        var markup = new Markup("<b>");

        Assert.True(markup == new Markup("<b>"));
        Assert.Equal(markup.GetHashCode(), new Markup("<b>").GetHashCode());
        Assert.True(markup != new Markup("<i>"));
        Assert.False(markup.Equals("<b>"));
    }

    readonly struct LongValue(int length) : ISpanFormattable
    {
        public bool TryFormat(Span<char> destination, out int written, ReadOnlySpan<char> format, IFormatProvider? provider)
        {
            written = Math.Min(length, destination.Length);
            destination[..written].Fill('<');
            return written == length;
        }

        public string ToString(string? format, IFormatProvider? provider) => new('<', length);
    }
}
