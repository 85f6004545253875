namespace Modular.Tests;

public class CookieTests
{
    [Fact]
    public void Attributes_have_a_fixed_order()
    {
        var response = new Response();

        response.SetCookie("k", "v", new()
        {
            Domain = ".Example.com:8080",
            Expires = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero),
            MaxAge = TimeSpan.FromSeconds(90.5),
            HttpOnly = true,
            Path = "/p; x",
            SameSite = SameSiteMode.Lax,
            Extensions = { "Partitioned" },
        });

        Assert.Equal(
            "k=v; Domain=Example.com; Expires=Wed, 02 Jan 2030 03:04:05 GMT; Max-Age=90; Secure; HttpOnly; Path=/p%3B%20x; SameSite=Lax; Partitioned",
            response.Headers.SetCookie);
    }

    [Fact]
    public void Two_cookies_are_two_headers()
    {
        var response = new Response();

        response.SetCookie("first", "1");
        response.SetCookie("second", "2");

        Assert.Equal("first=1; Path=/ | second=2; Path=/", string.Join(" | ", [.. response.Headers.SetCookie]));
    }

    [Fact]
    public void Deleting_is_an_empty_cookie_of_the_past()
    {
        var response = new Response();

        response.DeleteCookie("theme", new() { Path = "/x", Domain = "x.test" });

        Assert.Equal("theme=; Domain=x.test; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/x", response.Headers.SetCookie);
    }

    [Fact]
    public void A_value_cannot_add_an_attribute_or_a_header()
    {
        var response = new Response();

        response.SetCookie("k", "v; Domain=evil\r\nX: 1");

        Assert.Equal("k=\"v\\073 Domain=evil\\015\\012X: 1\"; Path=/", response.Headers.SetCookie);
    }

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("a=b", "\"a=b\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("a\n", "\"a\\u000A\"")]
    [InlineData("ü", "\"ü\"")]
    public void A_name_is_a_token(string name, string shown)
    {
        var error = Assert.Throws<ModularException>(() => new Response().SetCookie(name, "v"));

        Assert.Equal($"The cookie name {shown} cannot be sent. Use letters, digits, dashes and underscores.", error.Message);
    }

    [Theory]
    [InlineData("evil.com; Path=/", "\"evil.com; Path=/\"")]
    [InlineData("a\r\nb", "\"a\\u000D\\u000Ab\"")]
    [InlineData("...", "\"...\"")]
    public void A_domain_is_a_host_name(string domain, string shown)
    {
        var error = Assert.Throws<ModularException>(() => new Response().SetCookie("k", "v", new() { Domain = domain }));

        Assert.Equal($"The cookie domain {shown} isn't a host name. Write it as \"example.com\", or leave it out for this host alone.", error.Message);
    }
}
