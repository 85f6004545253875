using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Modular.Tests.Hosting;

/// <summary>ASP.NET's middleware between matching and the view, led by the metadata of Modular's rules.</summary>
public class MiddlewareTests
{
    static TestRequest Token(string name) => new() { Headers = [("X-Token", name)] };

    [Fact]
    public async Task Authorization_by_metadata_checks_the_user_and_the_permissions()
    {
        var app = new ModularApp();
        TokenHandler.AddTo(app);
        app.Route("/admin", () => "secrets", endpoint: "admin").RequireAuthorization("admin");
        app.Route("/member", () => Current.Request.Http.User.Identity!.Name!, endpoint: "member").WithMetadata(new AuthorizeAttribute());
        app.Route("/open", () => "open", endpoint: "open").RequireAuthorization().AllowAnonymous();
        await using var client = app.TestClient();

        Assert.Equal(401, (await client.GetAsync("/admin")).Status);
        Assert.Equal(403, (await client.GetAsync("/admin", Token("peter"))).Status);
        Assert.Equal("secrets", (await client.GetAsync("/admin", Token("admin"))).Text);
        Assert.Equal("peter", (await client.GetAsync("/member", Token("peter"))).Text);
        Assert.Equal(200, (await client.GetAsync("/open")).Status);
        Assert.Equal(404, (await client.GetAsync("/nowhere")).Status);
    }

    [Fact]
    public async Task A_fallback_policy_applies_to_rules_without_authorization_metadata()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        TokenHandler.AddTo(app);
        app.Services.AddAuthorization(options => options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        app.Get("/", () => "for users", endpoint: "index");
        app.Get("/login", () => "the form", endpoint: "login").AllowAnonymous();
        await using var client = app.TestClient();

        Assert.Equal(401, (await client.GetAsync("/")).Status);
        Assert.Equal("for users", (await client.GetAsync("/", Token("peter"))).Text);
        Assert.Equal("the form", (await client.GetAsync("/login")).Text);
    }

    [Fact]
    public void A_fallback_policy_that_no_middleware_checks_is_an_error_at_start_up()
    {
        var app = new ModularApp();
        app.Services.AddAuthorization(options => options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        app.Get("/", () => "for users", endpoint: "index");

        Assert.Equal("A FallbackPolicy is set, but no middleware checks it. Write app.UseMiddleware(asp => asp.UseAuthorization()).", Mistake.Of(() => app.Build()));
    }

    [Fact]
    public async Task Health_checks_work_beside_the_rules()
    {
        var app = new ModularApp();
        var isWell = true;
        app.Services.AddHealthChecks().AddCheck("database", () => isWell ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("gone"));
        app.UseMiddleware(asp => asp.UseHealthChecks("/health"));
        app.Route("/", () => "index", endpoint: "index");
        await using var client = app.TestClient();

        var well = await client.GetAsync("/health");
        isWell = false;
        var ill = await client.GetAsync("/health");

        Assert.Equal((200, "Healthy", 503, "Unhealthy"), (well.Status, well.Text, ill.Status, ill.Text));
        Assert.Equal("index", (await client.GetAsync("/")).Text);
    }

    [Theory]
    [InlineData("//admin")]
    [InlineData("/%61dmin")]
    [InlineData("/x/..%2fadmin")]
    [InlineData("/admin/")]
    public async Task No_other_spelling_of_a_path_gets_around_authorization(string target)
    {
        var app = new ModularApp();
        TokenHandler.AddTo(app);
        app.Route("/admin", () => "secrets", endpoint: "admin").RequireAuthorization();
        await using var served = await Served.Start(app);

        var reply = await served.Get(target);

        Assert.DoesNotContain("secrets", reply.Raw, StringComparison.Ordinal);
        Assert.InRange(reply.Status, 308, 404);
    }

    [Fact]
    public async Task Metadata_without_its_middleware_is_refused_and_not_ignored()
    {
        var app = new ModularApp();
        app.Route("/admin", () => "secrets", endpoint: "admin").RequireAuthorization();
        app.Route("/shared", () => "shared", endpoint: "shared").RequireCors("partners");
        app.Route("/open", () => "open", endpoint: "open").RequireAuthorization().AllowAnonymous();
        await using var client = app.TestClient();

        var authorization = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/admin"));
        var cors = await Assert.ThrowsAsync<ModularException>(() => client.GetAsync("/shared"));

        Assert.Equal("Endpoint \"admin\" requires authorization, but no middleware handles it. Write app.UseMiddleware(asp => asp.UseAuthorization()).", authorization.Message);
        Assert.Equal("Endpoint \"shared\" requires a CORS policy, but no middleware handles it. Write app.UseMiddleware(asp => asp.UseCors()).", cors.Message);
        Assert.Equal("open", (await client.GetAsync("/open")).Text);
    }

    [Fact]
    public async Task Metadata_without_its_middleware_is_a_500_in_production()
    {
        var app = new ModularApp();
        app.Route("/admin", () => "secrets", endpoint: "admin").RequireAuthorization();
        await using var served = await Served.Start(app);

        var reply = await served.Get("/admin");

        Assert.Equal(500, reply.Status);
        Assert.DoesNotContain("secrets", reply.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Antiforgery_metadata_without_its_middleware_is_refused()
    {
        var app = new ModularApp();
        app.Route("/pay", () => "paid", endpoint: "pay", methods: ["POST"]).WithMetadata(new Antiforgery());
        await using var client = app.TestClient();

        var mistake = await Assert.ThrowsAsync<ModularException>(() => client.PostAsync("/pay"));

        Assert.Equal("Endpoint \"pay\" requires an antiforgery token, but no middleware handles it. Write app.UseMiddleware(asp => asp.UseAntiforgery()).", mistake.Message);
    }

    [Fact]
    public async Task Antiforgery_by_metadata_refuses_a_form_without_its_token_and_takes_one_with_it()
    {
        var app = new ModularApp();
        app.Services.AddAntiforgery(options => options.HeaderName = "X-CSRF");
        app.UseMiddleware(asp => asp.UseAntiforgery());
        app.Route("/token", (Microsoft.AspNetCore.Antiforgery.IAntiforgery antiforgery, HttpContext http) => antiforgery.GetAndStoreTokens(http).RequestToken!, endpoint: "token");
        app.Route("/pay", () => $"paid {Current.Request.Form["amount"]}", endpoint: "pay", methods: ["POST"]).WithMetadata(new Antiforgery());
        await using var client = app.TestClient();

        var token = (await client.GetAsync("/token")).Text;
        var without = await client.PostAsync("/pay", new() { Form = [("amount", "5")] });
        var inHeader = await client.PostAsync("/pay", new() { Form = [("amount", "5")], Headers = [("X-CSRF", token)] });
        var inForm = await client.PostAsync("/pay", new() { Form = [("amount", "5"), ("__RequestVerificationToken", token)] });

        Assert.Equal((400, "paid 5", "paid 5"), (without.Status, inHeader.Text, inForm.Text));
    }

    sealed class Antiforgery : Microsoft.AspNetCore.Antiforgery.IAntiforgeryMetadata
    {
        public bool RequiresValidation => true;
    }

    [Fact]
    public async Task A_CORS_policy_by_metadata_handles_preflight_requests_and_adds_its_headers()
    {
        var app = new ModularApp();
        app.Services.AddCors(options => options.AddPolicy("partners", policy => policy.WithOrigins("https://partner.test").WithMethods("PUT")));
        app.UseMiddleware(asp => asp.UseCors());
        app.Route("/shared", () => "shared", endpoint: "shared", methods: ["GET", "PUT"]).WithMetadata(new EnableCorsAttribute("partners"));
        app.Route("/own", () => "own", endpoint: "own");
        await using var client = app.TestClient();
        TestRequest Origin(string origin) => new() { Headers = [("Origin", origin), ("Access-Control-Request-Method", "PUT")] };

        var question = await client.OptionsAsync("/shared", Origin("https://partner.test"));
        var answer = await client.GetAsync("/shared", Origin("https://partner.test"));
        var stranger = await client.GetAsync("/shared", Origin("https://evil.test"));
        var own = await client.GetAsync("/own", Origin("https://partner.test"));

        Assert.Equal((204, "PUT"), (question.Status, question.Headers.AccessControlAllowMethods.ToString()));
        Assert.Equal(("shared", "https://partner.test"), (answer.Text, answer.Headers.AccessControlAllowOrigin.ToString()));
        Assert.False(stranger.Headers.ContainsKey("Access-Control-Allow-Origin"));
        Assert.False(own.Headers.ContainsKey("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Responses_and_streams_are_compressed_for_clients_that_accept_it()
    {
        var app = new ModularApp();
        var text = string.Concat(Enumerable.Repeat("Hello, compressed World! ", 200));
        app.Services.AddResponseCompression();
        app.UseMiddleware(asp => asp.UseResponseCompression());
        app.Route("/", () => text, endpoint: "index");
        app.Route("/stream", () => new Response(Pieces()), endpoint: "stream");
        await using var client = app.TestClient();
        var gzip = new TestRequest { Headers = [("Accept-Encoding", "gzip")] };

        var plain = await client.GetAsync("/");
        var packed = await client.GetAsync("/", gzip);
        var stream = await client.GetAsync("/stream", gzip);

        Assert.Equal(text, plain.Text);
        Assert.Equal(("gzip", "Accept-Encoding"), (packed.Headers.ContentEncoding.ToString(), packed.Headers.Vary.ToString()));
        Assert.Equal(text, Unpack(packed));
        Assert.Equal("one two", Unpack(stream));

        static async IAsyncEnumerable<string> Pieces()
        {
            yield return "one ";
            await Task.Yield();
            yield return "two";
        }

        static string Unpack(TestResponse response)
        {
            using var gzip = new GZipStream(new MemoryStream(response.Data.ToArray()), CompressionMode.Decompress);
            return new StreamReader(gzip, Encoding.UTF8).ReadToEnd();
        }
    }

    [Fact]
    public async Task Output_caching_by_metadata_runs_the_view_once_with_all_headers_kept()
    {
        var app = new ModularApp();
        var (cached, plain) = (0, 0);
        app.Services.AddOutputCache();
        app.UseMiddleware(asp => asp.UseOutputCache());
        app.Route("/cached", () => $"{++cached}", endpoint: "cached").CacheOutput();
        app.Route("/plain", () => $"{++plain}", endpoint: "plain");
        await using var client = app.TestClient();

        foreach (var path in (string[])["/cached", "/plain", "/cached", "/plain"]) await client.GetAsync(path);
        var last = await client.GetAsync("/cached");

        Assert.Equal(("1", "text/html; charset=utf-8"), (last.Text, last.Headers.ContentType.ToString()));
        Assert.True(last.Headers.ContainsKey("Age"));
        Assert.Equal((1, 2), (cached, plain));
    }

    [Fact]
    public async Task Rate_limiting_by_metadata_counts_only_its_own_rule()
    {
        var app = new ModularApp();
        app.Services.AddRateLimiter(options => options.AddFixedWindowLimiter("twice", limit => (limit.PermitLimit, limit.Window) = (2, TimeSpan.FromHours(1))));
        app.Services.Configure<RateLimiterOptions>(options => options.RejectionStatusCode = 429);
        app.UseMiddleware(asp => asp.UseRateLimiter());
        app.Route("/limited", () => "in", endpoint: "limited").RequireRateLimiting("twice");
        app.Route("/free", () => "free", endpoint: "free");
        await using var client = app.TestClient();

        List<int> statuses = [];
        foreach (var path in (string[])["/limited", "/free", "/limited", "/free", "/limited", "/free"]) statuses.Add((await client.GetAsync(path)).Status);

        Assert.Equal([200, 200, 200, 200, 429, 200], statuses);
    }

    [Fact]
    public async Task A_request_time_out_by_metadata_cancels_the_view()
    {
        var app = new ModularApp();
        app.Services.AddRequestTimeouts();
        app.UseMiddleware(asp => asp.UseRequestTimeouts());
        app.Route("/slow", async (CancellationToken aborted) =>
        {
            await Task.Delay(Timeout.Infinite, aborted);
            return "never";
        }, endpoint: "slow").WithRequestTimeout(TimeSpan.FromMilliseconds(20));
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/slow");

        Assert.Equal(504, response.Status);
    }

    [Fact]
    public async Task The_matched_endpoint_is_on_the_HttpContext_with_its_metadata()
    {
        var app = new ModularApp();
        Endpoint? seen = null;
        app.UseMiddleware(next => http =>
        {
            seen = http.GetEndpoint();
            return next(http);
        });
        app.Route("/user/<username>/<int:page>", (string username, int page) => $"{username} {page}", endpoint: "profile").WithMetadata("mine");
        await using var client = app.TestClient();

        await client.GetAsync("/user/peter/2");

        Assert.Equal("profile", seen!.DisplayName);
        Assert.Equal("/user/{username}/{page}", seen.Metadata.GetRequiredMetadata<IRouteDiagnosticsMetadata>().Route);
        Assert.Equal("mine", seen.Metadata.GetMetadata<string>());
        Assert.Equal("/user/<username>/<int:page>", seen.Metadata.GetRequiredMetadata<Rule>().Text);
        Assert.Equal("profile", seen.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName);
        Assert.Equal(["GET"], seen.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Order());
        await client.GetAsync("/nowhere");
        Assert.Null(seen);
    }

    [Fact]
    public async Task Middleware_runs_in_the_order_of_its_adding_within_the_context_and_may_answer_itself()
    {
        var app = new ModularApp();
        List<string> order = [];
        app.UseMiddleware(next => async http =>
        {
            order.Add($"first {Current.Context.Endpoint}");
            await next(http);
            order.Add("first again");
        });
        app.UseMiddleware(asp => asp.Use(async (http, next) =>
        {
            order.Add("second");
            if (http.Request.Query.ContainsKey("stop")) await http.Response.WriteAsync("stopped");
            else await next(http);
        }));
        app.BeforeRequest(() => order.Add("before"));
        app.TeardownRequest(_ => order.Add("teardown"));
        app.Route("/", () => "view", endpoint: "index");
        await using var client = app.TestClient();

        var whole = await client.GetAsync("/");
        var stopped = await client.GetAsync("/?stop");

        Assert.Equal(("view", "stopped"), (whole.Text, stopped.Text));
        Assert.Equal(["first index", "second", "before", "first again", "teardown", "first index", "second", "first again", "teardown"], order);
    }

    [Fact]
    public async Task The_error_handler_of_500_handles_an_exception_of_middleware()
    {
        var app = new ModularApp();
        app.UseMiddleware(_ => _ => throw new InvalidOperationException("secret"));
        app.Route("/", () => "view", endpoint: "index");
        app.ErrorHandler(500, () => ("Sorry", 500));
        await using var client = app.TestClient(new() { PropagateExceptions = false });

        var response = await client.GetAsync("/");

        Assert.Equal((500, "Sorry"), (response.Status, response.Text));
    }

    [Fact]
    public async Task Middleware_may_handle_the_views_exception()
    {
        var app = new ModularApp { PropagatesExceptions = true };
        app.UseMiddleware(next => async http =>
        {
            try
            {
                await next(http);
            }
            catch (InvalidOperationException error)
            {
                await http.Response.WriteAsync($"caught {error.Message}");
            }
        });
        app.Route("/", string () => throw new InvalidOperationException("it"), endpoint: "index");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal("caught it", response.Text);
    }

    [Fact]
    public async Task Middleware_that_is_added_too_late_is_reported()
    {
        var app = new ModularApp();
        await using var client = app.TestClient();

        var mistake = Assert.Throws<ModularException>(() => app.UseMiddleware(next => next));

        Assert.Equal("app.UseMiddleware was used after the application had started. Do it before app.Run() and before the first request.", mistake.Message);
    }
}
