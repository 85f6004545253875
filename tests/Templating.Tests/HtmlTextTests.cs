namespace Modular.Templating.Tests;

public class HtmlTextTests(ITestOutputHelper output)
{
    [Fact]
    public void Stripping_tags_works_as_in_MarkupSafe()
    {
        var vectors = new VectorFile("striptags.json", output);

        foreach (var vector in VectorFile.Load("striptags.json").EnumerateArray())
        {
            var markup = vector.GetProperty("markup").GetString()!;
            vectors.Check(markup, vector.GetProperty("expect").GetString()!, new Markup(markup).StripTags());
        }
        vectors.Finish();
    }

    [Fact]
    public void Unescaping_works_as_in_MarkupSafe()
    {
        var vectors = new VectorFile("escape.json", output, ("&ThickSpace;", "&ThickSpace;", "the framework's decoder has the names of HTML 4"));

        foreach (var vector in VectorFile.Load("escape.json").EnumerateArray().Where(vector => vector.GetProperty("op").GetString() == "unescape"))
        {
            var markup = vector.GetProperty("markup").GetString()!;
            vectors.Check(markup, vector.GetProperty("expect").GetString()!, new Markup(markup).Unescape());
        }
        vectors.Finish();
    }

    [Theory]
    [InlineData("&copy", "©")]
    [InlineData("&notit;", "¬it;")]
    [InlineData("&notin;", "∉")]
    [InlineData("&thetasymx;", "&thetasymx;")]
    [InlineData("&acE;", "&acE;")]
    [InlineData("&#x80;", "€")]
    [InlineData("&#0;", "\uFFFD")]
    [InlineData("&#xD800;", "\uFFFD")]
    [InlineData("&#99999999999;", "\uFFFD")]
    [InlineData("&#xFFFFFFFF;", "\uFFFD")]
    [InlineData("&#xfdd0;&#11;&#x1fffe;", "")]
    [InlineData("&#128512;&#65", "😀A")]
    [InlineData("&;&#;&#x;&", "&;&#;&#x;&")]
    public void References_are_resolved_by_the_rules_of_html_5_and_the_names_of_html_4(string html, string text)
    {
        Assert.Equal(text, new Markup(html).Unescape());
    }

    [Fact]
    public void Removing_a_comment_may_complete_another_one()
    {
        Assert.Equal("xy", new Markup("x<!<!-- -->-- <b> -->y").StripTags());
    }

    [Fact]
    public void Hostile_html_is_stripped_in_linear_time()
    {
        var html = string.Concat(Enumerable.Repeat("<!--&<", 200_000));

        Assert.Equal(html, new Markup(html).StripTags());
        Assert.Equal("", new Markup(string.Concat(Enumerable.Repeat("<!-- -->", 200_000))).StripTags());
    }
}
