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

        run.Finish();
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
    public void Malformed_cookies_do_not_affect_the_others(string header, string expected)
    {
        Assert.Equal(expected, VectorFile.Text(RequestCookies.Parse(header)));
    }

    /// <summary>The characters that .NET's Trim() removes and HTTP doesn't.</summary>
    public static TheoryData<char> OtherBlanks =>
        [.. Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(c => char.IsWhiteSpace(c) && c is not (' ' or '\t' or '\r' or '\n'))];

    [Theory, MemberData(nameof(OtherBlanks))]
    public void Unicode_blanks_around_a_name_do_not_make_it_a_Host_or_Secure_cookie(char blank)
    {
        var cookies = RequestCookies.Parse($"{blank}__Host-a=1; __Host-b{blank}=2; {blank} __Secure-c {blank}=3; x{blank}{blank}y=4; {blank}__Host-d; ok=5");

        Assert.Equal("""[["ok","5"]]""", VectorFile.Text(cookies));
    }

    [Theory, MemberData(nameof(OtherBlanks))]
    public void Unicode_blanks_around_a_value_are_part_of_it(char blank)
    {
        var cookies = RequestCookies.Parse($"a= \t{blank}1{blank}\t ; b=\"x\"{blank}; c=3");

        Assert.Equal($"{blank}1{blank}", cookies["a"]);
        Assert.Equal($"\"x\"{blank}", cookies["b"]);
        Assert.Equal("3", cookies["c"]);
    }

    [Fact]
    public void Spaces_and_tabs_around_a_name_are_not_part_of_it()
    {
        Assert.Equal("1", RequestCookies.Parse("\t __Host-a \t=1")["__Host-a"]);
    }

    [Fact]
    public void The_error_of_a_missing_cookie_names_Request_Cookies()
    {
        var error = Assert.Throws<MissingKeyException>(() => RequestCookies.Parse(default)["theme"]);

        Assert.StartsWith("Request.Cookies has no value named \"theme\".", error.Message);
    }
}
