using Microsoft.AspNetCore.Http.Features;

namespace Modular.Logging.Tests;

public sealed class SecrecyTests
{
    [Theory]
    [InlineData("?a=1&token=x&b=2", "?a=1&token=***&b=2")]
    [InlineData("?TOKEN=x", "?TOKEN=***")]
    [InlineData("?token=x=y", "?token=***")]
    [InlineData("?tokens=x&token", "?tokens=x&token")]
    [InlineData("?access_token=x&password=y&code=z", "?access_token=***&password=***&code=***")]
    [InlineData("?", "")]
    [InlineData("", "")]
    [InlineData("?&&a=1&", "?&&a=1&")]
    public async Task Secret_values_of_a_query_are_not_shown(string query, string shown)
    {
        var (app, log, _) = RequestLineTests.Logged(new());
        await using var client = app.TestClient();

        await client.GetAsync($"/{query}");

        Assert.Equal(shown, log.Request.Properties["Query"]);
        Assert.DoesNotContain("token=x", log.Request.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_recognized_in_every_encoding()
    {
        var (app, log, _) = RequestLineTests.Logged(new() { HiddenQuery = ["my pin"] });
        await using var client = app.TestClient();

        await client.GetAsync("/?my%20pin=1&my+pin=2&my%2Bpin=3");

        Assert.Equal("?my%20pin=***&my+pin=***&my%2Bpin=3", log.Request.Properties["Query"]);
    }

    [Theory]
    [InlineData(RequestLogFormat.Common)]
    [InlineData(RequestLogFormat.Combined)]
    public async Task Nor_are_they_in_the_formats_of_web_servers(RequestLogFormat format)
    {
        var (app, log, _) = RequestLineTests.Logged(new() { Format = format, HiddenQuery = ["pin"] });
        await using var client = app.TestClient();

        await client.GetAsync("/?pin=1234&token=shown", new() { Headers = [("Referer", "http://a.test/?pin=1234")] });

        Assert.Contains("\"GET /?pin=***&token=shown HTTP/1.1\"", log.Request.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", log.Request.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_are_shown_when_listed_and_credentials_never()
    {
        var (app, log, _) = RequestLineTests.Logged(new() { Headers = ["Accept", "Authorization", "X-Api-Key", "Cookie", "Referer", "X-Absent"] });
        await using var client = app.TestClient();

        await client.GetAsync("/", new()
        {
            Headers = [("Accept", "text/html"), ("Authorization", "Bearer abc"), ("X-Api-Key", "def"), ("Cookie", "session=ghi; theme=dark; bare"), ("Referer", "/?token=jkl")],
        });

        Assert.Equal("Accept=\"text/html\" Authorization=\"***\" X-Api-Key=\"***\" Cookie=\"session=***; theme=***;***\" Referer=\"/?token=***\"", log.Request.Properties["Headers"]);
    }

    [Fact]
    public async Task Cookies_are_hidden_by_name_when_names_are_given()
    {
        var (app, log, _) = RequestLineTests.Logged(new() { Headers = ["Cookie"], HiddenCookies = ["session"] });
        await using var client = app.TestClient();

        await client.GetAsync("/", new() { Headers = [("Cookie", "session=abc; theme=dark")] });

        Assert.Equal("Cookie=\"session=***; theme=dark\"", log.Request.Properties["Headers"]);
    }

    public static TheoryData<string> Formats => [.. Enum.GetNames<RequestLogFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task No_text_of_a_request_forges_a_line(string format)
    {
        const string Evil = "a\nERROR forged\r\n\u001b[31m\u0085\u2028\u2029\u202Eevil\"\0";
        var (app, log, _) = RequestLineTests.Logged(new() { Format = Enum.Parse<RequestLogFormat>(format), Headers = ["User-Agent"], HiddenQuery = [] });
        app.Get("/<path:any>", (string any) =>
        {
            app.Logger.LogInformation("in the view");
            return "";
        }, endpoint: "any");
        var inner = app.AppDelegate;
        app.AppDelegate = http =>
        {
            // No server lets these through; another host may.
            (http.Request.Method, http.Request.QueryString) = ($"GET{(http.Request.Path == "/m" ? Evil : "")}", new($"?q={Evil}"));
            http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = $"/x{Evil}?q={Evil}";
            http.Request.Headers.UserAgent = http.Request.Headers.Referer = http.Request.Headers["X-Request-ID"] = Evil;
            return inner(http);
        };
        await using var client = app.TestClient();

        await client.GetAsync("/m");
        await client.GetAsync("/x");

        var texts = log.All.Where(line => line.Category != "Microsoft.AspNetCore.Hosting.Diagnostics").SelectMany(line => new[]
        {
            line.Text, string.Concat(line.Scope.Where(pair => Ours.Contains(pair.Key)).Select(pair => pair.Value)), string.Concat(line.Properties.Values),
        });
        Assert.All(texts, text => Assert.DoesNotContain(text, c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202E'));
        Assert.Contains("a\\u000AERROR forged\\u000D\\u000A\\u001B[31m\\u0085\\u2028\\u2029\\u202Eevil", log.Requests[0].Text, StringComparison.Ordinal);
    }

    static readonly string[] Ours = ["RequestId", "Method", "Path", "Endpoint", "RemoteAddr", "TraceId"];

    [Fact]
    public async Task Long_values_are_cut()
    {
        var (app, log, _) = RequestLineTests.Logged(new() { Format = RequestLogFormat.Combined });
        await using var client = app.TestClient();

        await client.GetAsync("/", new() { Headers = [("User-Agent", new('a', 5000))] });

        Assert.EndsWith($"\"{new string('a', 2048)}…\"", log.Request.Text, StringComparison.Ordinal);
    }
}
