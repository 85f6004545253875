namespace Modular.Tests.Http;

public class AcceptHeaderTests
{
    static AcceptHeader Media(string header) => AcceptHeader.OfTypes(header);

    [Theory]
    [InlineData("text/html", "text/html")]
    [InlineData("application/json;q=0.5, text/html;q=0.4", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/*", "text/html")]
    [InlineData("text/*, */*;q=0.1", "text/html")]
    [InlineData("*/*, text/html", "text/html")]                // the same quality, but named
    [InlineData("*/*, application/json;q=0", "text/html")]     // expressly not wanted
    [InlineData("TEXT/HTML", "text/html")]
    [InlineData("image/png", null)]
    [InlineData("application/json;q=2", null)]
    [InlineData("json", null)]
    [InlineData("*/json", null)]
    [InlineData("", null)]
    [InlineData("text/html;level=1", null)]
    public void The_best_of_two_offers_is_the_one_that_the_client_prefers(string header, string? expected)
    {
        Assert.Equal(expected, Media(header).Best("application/json", "text/html"));
    }

    [Theory]
    [InlineData("text/html; level=1", "text/html", "text/html; level=1")]
    [InlineData("text/plain", "text/html", "text/html")]
    [InlineData("image/png", "text/plain", "text/plain")]
    public void The_more_specific_entry_decides_the_quality(string first, string second, string expected)
    {
        var accept = Media("text/*;q=0.3, text/html;q=0.7, text/html;level=1, */*;q=0.1");

        Assert.Equal(expected, accept.Best(first, second));
        Assert.Equal(expected, accept.Best(second, first));
    }

    [Theory]
    [InlineData("de, en;q=0.5", "en-US,de-AT", "de-AT")]
    [InlineData("en-GB", "de,en", "en")]
    [InlineData("en_US", "de,en-us", "en-us")]
    [InlineData("fr", "de,en", null)]
    [InlineData("*", "de,en", "de")]
    public void A_language_falls_back_to_its_family(string header, string offers, string? expected)
    {
        Assert.Equal(expected, AcceptHeader.OfLanguages(header).Best(offers.Split(',')));
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNzOndvcmQ=", "basic", "user", "pass:word")]
    [InlineData("basic w7w6", "basic", "ü", "")]
    [InlineData("Bearer abc.def", "bearer", null, null)]
    public void Credentials_are_parsed(string header, string scheme, string? user, string? password)
    {
        var authorization = AuthorizationHeader.Parse(header)!;

        Assert.Equal((scheme, user, password), (authorization.Scheme, authorization.UserName, authorization.Password));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic dXNlcg==")]
    public void Malformed_credentials_are_null(string? header)
    {
        Assert.Null(AuthorizationHeader.Parse(header));
    }
}
