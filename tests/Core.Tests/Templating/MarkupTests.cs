namespace Modular.Tests;

public class MarkupTests
{
    [Fact]
    public void A_hole_is_escaped_and_markup_in_a_hole_is_not()
    {
        var name = "<blink>hacker</blink>";

        var markup = Markup.Format($"<strong>Hello {name}{new Markup("!")}</strong>");

        Assert.Equal("<strong>Hello &lt;blink&gt;hacker&lt;/blink&gt;!</strong>", markup.ToString());
    }
}
