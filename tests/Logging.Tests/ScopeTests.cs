using System.Diagnostics;

namespace Modular.Logging.Tests;

public sealed class ScopeTests
{
    [Fact]
    public async Task Lines_that_a_view_writes_have_the_requests_properties()
    {
        var (app, log, _) = RequestLineTests.Logged(new());
        app.Get("/page/<name>", (string name) =>
        {
            app.Logger.LogInformation("in the view");
            return name;
        }, endpoint: "page");
        await using var client = app.TestClient();

        await client.GetAsync("/page/a%20b?q=1", new() { Headers = [("X-Request-ID", "id-1")] });

        var line = Assert.Single(log.All, line => line.Text == "in the view");
        Assert.Equal(("id-1", "GET", "/page/a%20b", "page", "127.0.0.1"),
            (line.Scope["RequestId"], line.Scope["Method"], line.Scope["Path"], line.Scope["Endpoint"], line.Scope["RemoteAddr"]));
        Assert.Contains("RequestId:id-1 Method:GET Path:/page/a%20b Endpoint:page RemoteAddr:127.0.0.1", line.ScopeText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_W3C_trace_of_a_caller_is_kept()
    {
        var (app, log, _) = RequestLineTests.Logged(new());
        app.Get("/", () => $"{Activity.Current?.TraceId} {Activity.Current?.ParentSpanId}", endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/", new() { Headers = [("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")] });

        Assert.Equal("0af7651916cd43dd8448eb211c80319c b7ad6b7169203331", response.Text);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", log.Request.Scope["TraceId"]);
    }

    [Theory]
    [InlineData("abc", true)]
    [InlineData("9f8b7c6d-1234", true)]
    [InlineData("Root=1-67891233-abcdef012345678912345678", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\"b", false)]
    [InlineData("<script>", false)]
    [InlineData("ü", false)]
    public async Task A_valid_id_is_used_and_sent_back_and_otherwise_a_new_one_is_created(string sent, bool isTaken)
    {
        var (app, log, _) = RequestLineTests.Logged(new());
        app.Get("/", () => Current.RequestId, endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/", new() { Headers = [("X-Request-ID", sent)] });

        var id = Assert.Single(response.Headers["X-Request-ID"])!;
        Assert.Equal((id, id), (response.Text, log.Request.Properties["RequestId"]));
        if (isTaken) Assert.Equal(sent, id);
        else Assert.Matches("^[0-9a-f]{32}$", id);
    }

    [Fact]
    public async Task An_id_that_is_too_long_or_sent_twice_is_not_used()
    {
        var (app, _, _) = RequestLineTests.Logged(new());
        app.Get("/", () => "", endpoint: "index");
        await using var client = app.TestClient();

        var longest = await client.GetAsync("/", new() { Headers = [("X-Request-ID", new('a', 128))] });
        var tooLong = await client.GetAsync("/", new() { Headers = [("X-Request-ID", new('a', 129))] });
        var twice = await client.GetAsync("/", new() { Headers = [("X-Request-ID", "a"), ("X-Request-ID", "b")] });

        Assert.Equal((128, 32, 32), (longest.Headers["X-Request-ID"].ToString().Length, tooLong.Headers["X-Request-ID"].ToString().Length, twice.Headers["X-Request-ID"].ToString().Length));
    }

    [Fact]
    public async Task The_response_to_an_exception_has_the_id_too()
    {
        var (app, _, _) = RequestLineTests.Logged(new() { RequestIdHeader = "X-Correlation-ID" });
        app.Get("/", () => RequestLineTests.Fails("no"), endpoint: "index");
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/", new() { Headers = [("X-Correlation-ID", "id-1")] });

        Assert.Equal((500, "id-1"), (response.Status, response.Headers["X-Correlation-ID"].ToString()));
    }

    [Fact]
    public async Task Ids_of_clients_can_be_refused_and_the_header_turned_off()
    {
        var (refusing, _, _) = RequestLineTests.Logged(new() { AcceptRequestId = false });
        refusing.Get("/", () => Current.RequestId, endpoint: "index");
        var (silent, _, _) = RequestLineTests.Logged(new() { RequestIdHeader = null });
        silent.Get("/", () => Current.RequestId, endpoint: "index");
        await using var first = refusing.TestClient();
        await using var second = silent.TestClient();

        var refused = await first.GetAsync("/", new() { Headers = [("X-Request-ID", "id-1")] });
        var unsent = await second.GetAsync("/", new() { Headers = [("X-Request-ID", "id-1")] });

        Assert.NotEqual("id-1", refused.Text);
        Assert.Equal((32, 0), (unsent.Text.Length, unsent.Headers["X-Request-ID"].Count));
    }

    [Fact]
    public void A_test_context_has_an_id_too()
    {
        var app = new ModularApp();
        app.UseLogging();

        using var scope = app.TestRequestContext("/", headers: [("X-Request-ID", "id-1")]);

        Assert.Equal("id-1", Current.RequestId);
    }

    [Fact]
    public async Task A_task_that_outlives_its_request_still_logs_with_its_own()
    {
        var (app, log, _) = RequestLineTests.Logged(new());
        var (go, done) = (new TaskCompletionSource(), new TaskCompletionSource());
        app.Get("/first", () =>
        {
            _ = Later();
            return "";
        }, endpoint: "first");
        app.Get("/second", () => "", endpoint: "second");
        await using var client = app.TestClient();

        await client.GetAsync("/first", new() { Headers = [("X-Request-ID", "one")] });
        await client.GetAsync("/second", new() { Headers = [("X-Request-ID", "two")] });
        go.SetResult();
        await done.Task;

        var line = Assert.Single(log.All, line => line.Text == "later");
        Assert.Equal(("one", "/first", "first"), (line.Scope["RequestId"], line.Scope["Path"], line.Scope["Endpoint"]));

        async Task Later()
        {
            await go.Task;
            app.Logger.LogInformation("later");
            done.SetResult();
        }
    }

    [Fact]
    public void The_scope_has_as_many_values_as_its_count()
    {
        var scope = new RequestLog("id", "GET", "/", null);

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => scope[6]);

        Assert.Equal(scope.Count, new List<KeyValuePair<string, object?>>(scope).Count);
        Assert.StartsWith($"The scope has {scope.Count} values.", error.Message, StringComparison.Ordinal);
    }
}
