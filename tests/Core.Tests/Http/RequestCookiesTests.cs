using Xunit.Abstractions;

namespace Modular.Tests.Http;

public class RequestCookiesTests(ITestOutputHelper output)
{
    [Fact]
    public void Cookies_are_read_as_Werkzeug_reads_them()
    {
        var run = new VectorFile("parse_cookie", output);

        foreach (var item in VectorFile.Load("http_functions.json").GetProperty("werkzeug.http.parse_cookie").EnumerateArray())
        {
            var header = VectorFile.FromWsgi(item.GetProperty("args").GetProperty("header").GetString()!);
            var expected = item.GetProperty("expect").GetProperty("value").GetProperty("$multi");
            run.Check(header, VectorFile.Text(expected), VectorFile.Text(RequestCookies.Parse(header)));
        }

        run.Report();
    }

    [Fact]
    public void The_first_of_two_cookies_with_one_name_wins()
    {
        var cookies = RequestCookies.Parse("a=1; a=2");

        Assert.Equal("1", cookies["a"]);
        Assert.Equal(["1", "2"], cookies.GetAll("a"));
    }

    [Fact]
    public void Several_Cookie_headers_are_one_list()
    {
        var cookies = RequestCookies.Parse(new(["a=1", "b=2"]));

        Assert.Equal("""[["a","1"],["b","2"]]""", VectorFile.Text(cookies));
    }

    [Theory]
    [InlineData("a=\"x;y\"; b=1", """[["a","x;y"],["b","1"]]""")]
    [InlineData("a=\"x;y; b=1", """[["a","\u0022x"],["y",""],["b","1"]]""")]
    [InlineData("a=\"x\"y; b=1", """[["a","\u0022x\u0022y"],["b","1"]]""")]
    [InlineData("a=\"\\", """[["a","\u0022\\"]]""")]
    [InlineData("a=\"\\377\"", """[["a","\uFFFD"]]""")]
    [InlineData("a=\"", """[["a","\u0022"]]""")]
    [InlineData(";;;=;", "[]")]
    public void Broken_cookies_do_no_harm_to_their_neighbours(string header, string expected)
    {
        Assert.Equal(expected, VectorFile.Text(RequestCookies.Parse(header)));
    }

    [Fact]
    public void A_missing_cookie_names_the_cookies()
    {
        var error = Assert.Throws<MissingKeyException>(() => RequestCookies.Parse(default)["theme"]);

        Assert.StartsWith("Request.Cookies has no value named \"theme\".", error.Message);
    }
}
