using System.Globalization;

namespace Modular.Tests.Http;

public class AcceptHeaderTests(ITestOutputHelper output)
{
    static AcceptHeader Media(string header) => AcceptHeader.Parse(header, AcceptKind.MediaType);

    [Fact]
    public void Wishes_are_read_as_Werkzeug_reads_them()
    {
        var run = new VectorFile("parse_accept_header", output);

        foreach (var item in VectorFile.Load("http_functions.json").GetProperty("werkzeug.http.parse_accept_header").EnumerateArray())
        {
            var header = item.GetProperty("args").GetProperty("value").GetString()!;
            var expected = item.GetProperty("expect").GetProperty("value").GetProperty("$accept").EnumerateArray()
                .Select(wish => $"{wish[0].GetString()} {wish[1].GetDouble().ToString(CultureInfo.InvariantCulture)}");
            var actual = AcceptHeader.Parse(header, AcceptKind.Language).Items.Select(wish => string.Create(CultureInfo.InvariantCulture, $"{wish.Value} {wish.Quality}"));
            run.Check(header, string.Join(", ", expected), string.Join(", ", actual));
        }

        run.Finish();
    }

    [Theory]
    [InlineData("text/html", "text/html")]
    [InlineData("application/json;q=0.5, text/html;q=0.4", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/*", "text/html")]
    [InlineData("text/*, */*;q=0.1", "text/html")]
    [InlineData("*/*, text/html", "text/html")]                // equally welcome, but named
    [InlineData("*/*, application/json;q=0", "text/html")]     // expressly not wanted
    [InlineData("TEXT/HTML", "text/html")]
    [InlineData("image/png", null)]
    [InlineData("application/json;q=2", null)]
    [InlineData("json", null)]
    [InlineData("*/json", null)]
    [InlineData("", null)]
    [InlineData("text/html;level=1", null)]
    public void The_best_of_two_offers_is_what_the_client_wants_most(string header, string? expected)
    {
        Assert.Equal(expected, Media(header).Best("application/json", "text/html"));
    }

    [Fact]
    public void The_more_specific_wish_tells_the_quality()
    {
        var accept = Media("text/*;q=0.3, text/html;q=0.7, text/html;level=1, */*;q=0.1");

        Assert.Equal(1, accept.Find("text/html; level=1")?.Quality);
        Assert.Equal(0.7, accept.Find("text/html")?.Quality);
        Assert.Equal(0.3, accept.Find("text/plain")?.Quality);
        Assert.Equal(0.1, accept.Find("image/png")?.Quality);
        Assert.Equal("text/html; level=1,text/html;q=0.7,text/*;q=0.3,*/*;q=0.1", accept.ToString());
    }

    [Theory]
    [InlineData("de, en;q=0.5", "en-US,de-AT", "de-AT")]
    [InlineData("en-GB", "de,en", "en")]
    [InlineData("en_US", "de,en-us", "en-us")]
    [InlineData("fr", "de,en", null)]
    [InlineData("*", "de,en", "de")]
    public void A_language_falls_back_to_its_family(string header, string offers, string? expected)
    {
        Assert.Equal(expected, AcceptHeader.Parse(header, AcceptKind.Language).Best(offers.Split(',')));
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNzOndvcmQ=", "basic", "user", "pass:word")]
    [InlineData("basic w7w6", "basic", "ü", "")]
    [InlineData("Bearer abc.def", "bearer", null, null)]
    public void Credentials_are_taken_apart(string header, string scheme, string? user, string? password)
    {
        var authorization = AuthorizationHeader.Parse(header)!;

        Assert.Equal((scheme, user, password), (authorization.Scheme, authorization.UserName, authorization.Password));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic dXNlcg==")]
    public void Credentials_that_cannot_be_read_are_none(string? header)
    {
        Assert.Null(AuthorizationHeader.Parse(header));
    }
}
