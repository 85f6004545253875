namespace Modular.Tests;

public class RedirectTests
{
    [Fact]
    public void A_status_that_is_not_a_redirect_is_refused()
    {
        var error = Assert.Throws<ModularException>(() => Redirects.To("/x", 200));

        Assert.Equal("200 isn't a redirect. Use 302, 303, 307 or 308, or return new Response(…, 200) with a Location header.", error.Message);
    }

    [Fact]
    public void A_line_break_or_tab_in_a_target_is_encoded_and_cannot_end_the_header()
    {
        var response = Redirects.To("/\t/next\r\nSet-Cookie: admin=1");

        Assert.Equal("/%09/next%0D%0ASet-Cookie: admin=1", response.Headers.Location);
    }

    [Theory]
    [InlineData("/a b?x=ü#y", "/a%20b?x=%C3%BC#y")]
    [InlineData("http://user:päss@Bücher.de:8080/ü", "http://user:p%C3%A4ss@xn--bcher-kva.de:8080/%C3%BC")]
    [InlineData("http://[::1]:5000/ü", "http://[::1]:5000/%C3%BC")]
    [InlineData("/%2F%zz", "/%2F%zz")]
    [InlineData("mailto:ü@x", "mailto:%C3%BC@x")]
    [InlineData("/\\evil.com", "/%5Cevil.com")]
    [InlineData("http://a\u0000b/", "http://a%00b/")]
    [InlineData("http://a%20b%5C/", "http://a%20b%5C/")]
    public void An_address_becomes_ascii_part_by_part(string iri, string uri)
    {
        Assert.Equal(uri, Iri.ToUri(iri));
    }
}
