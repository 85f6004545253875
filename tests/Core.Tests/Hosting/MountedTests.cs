using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;

namespace Modular.Tests.Hosting;

/// <summary>An application inside of an ASP.NET host that is not its own, and wrapped by assignment.</summary>
public class MountedTests
{
    static async Task<(WebApplication Host, HttpClient Client)> Mount(ModularApp app, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(new HostService("the host's"));
        configure?.Invoke(builder);
        var host = builder.Build();
        host.Map("/old", branch => branch.Run(app.AppDelegate));
        host.Run(http => http.Response.WriteAsync($"the host, endpoint {http.GetEndpoint()?.DisplayName ?? "none"}"));
        await host.StartAsync();
        return (host, host.GetTestClient());
    }

    sealed record HostService(string Name);

    sealed record OwnService(string Name);

    [Fact]
    public async Task A_wrapper_by_assignment_sees_the_request_first_and_the_response_last()
    {
        var app = new ModularApp();
        app.Route("/", () => Current.Request.Headers["X-From"].ToString(), endpoint: "index");
        var inner = app.AppDelegate;
        app.AppDelegate = async http =>
        {
            http.Request.Headers["X-From"] = "the wrapper";
            http.Response.OnStarting(() =>
            {
                http.Response.Headers["X-Wrapped"] = "yes";
                return Task.CompletedTask;
            });
            await inner(http);
        };
        await using var client = app.TestClient();

        var response = await client.GetAsync("/");

        Assert.Equal(("the wrapper", "yes"), (response.Text, response.Headers["X-Wrapped"].ToString()));
    }

    // So that relative links on the page lead where they should; Flask's rule for an empty PATH_INFO.
    [Fact]
    public async Task The_mount_itself_is_redirected_to_its_slash()
    {
        var app = new ModularApp();
        app.Route("/", () => Current.Request.Path, endpoint: "index");
        app.ErrorHandler(405, () => (Current.Request.Path, 405));
        var (host, client) = await Mount(app);
        await using var _ = host;

        using var bare = await client.GetAsync("/old?a=b");
        using var slash = await client.GetAsync("/old/");

        Assert.Equal((308, "http://localhost/old/?a=b"), ((int)bare.StatusCode, bare.Headers.Location?.OriginalString));
        Assert.Equal("/", await slash.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_wrapper_that_is_added_too_late_is_reported()
    {
        var app = new ModularApp();
        await using var client = app.TestClient();

        var mistake = Assert.Throws<ModularException>(() => app.AppDelegate = _ => Task.CompletedTask);

        Assert.Equal("app.AppDelegate was used after the application had started. Do it before app.Run() and before the first request.", mistake.Message);
    }

    [Fact]
    public async Task The_mount_path_is_in_every_URL_that_the_application_builds()
    {
        var app = new ModularApp();
        app.Route("/", () => $"{UrlFor("projects")} {UrlFor("index", new() { External = true })} {Current.Request.ScriptRoot} {Current.Request.Path}", endpoint: "index");
        app.Route("/projects/", () => "projects", endpoint: "projects");
        app.Route("/away", () => Redirect(UrlFor("projects")), endpoint: "away");
        var (host, client) = await Mount(app);
        await using var _ = host;

        var urls = await client.GetStringAsync("/old/");
        var away = await client.GetAsync("/old/away");
        var slash = await client.GetAsync("/old/projects?a=b");
        var outside = await client.GetStringAsync("/projects/");

        Assert.Equal("/old/projects/ http://localhost/old/ /old /", urls);
        Assert.Equal("/old/projects/", away.Headers.Location?.ToString());
        Assert.Equal((308, "http://localhost/old/projects/?a=b"), ((int)slash.StatusCode, slash.Headers.Location?.ToString()));
        Assert.Equal("the host, endpoint none", outside);
    }

    [Fact]
    public async Task Views_get_the_services_of_both_containers_the_applications_own_first()
    {
        var app = new ModularApp();
        app.Services.AddSingleton(new OwnService("its own")).AddKeyedSingleton("key", new OwnService("under a key"));
        app.Route("/", (HostService host, OwnService own, HttpContext http) =>
            $"{host.Name}, {own.Name}, {http.RequestServices.GetRequiredService<OwnService>().Name}, {http.RequestServices.GetRequiredService<HostService>().Name}, "
            + http.RequestServices.GetRequiredKeyedService<OwnService>("key").Name, endpoint: "index");
        var (host, client) = await Mount(app);
        await using var _ = host;

        var text = await client.GetStringAsync("/old/");

        Assert.Equal("the host's, its own, its own, the host's, under a key", text);
    }

    [Fact]
    public async Task A_scoped_service_lives_as_long_as_its_request()
    {
        var app = new ModularApp();
        var log = new List<string>();
        app.Services.AddSingleton(log).AddScoped<Scoped>();
        app.Route("/", (Scoped scoped, RequestContext context) => ReferenceEquals(scoped, context.Services.GetService<Scoped>()) ? "one" : "two", endpoint: "index");
        app.TeardownRequest(_ => log.Add("teardown"));
        var (host, client) = await Mount(app);
        await using var _ = host;

        var text = await client.GetStringAsync("/old/");

        Assert.Equal("one", text);
        Assert.Equal(["teardown", "disposed"], log);
    }

    sealed class Scoped(List<string> log) : IDisposable
    {
        public void Dispose() => log.Add("disposed");
    }

    [Fact]
    public async Task Hosted_services_start_before_the_first_answer_once_and_stop_with_the_host()
    {
        var app = new ModularApp();
        app.Services.AddSingleton<Counter>().AddHostedService<CountingService>();
        app.Route("/", (Counter counter) => $"{counter.Value}", endpoint: "index");
        var (host, client) = await Mount(app);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetStringAsync("/old/")));
        using var scope = app.AppContext();
        var counter = scope.Context.Services.GetRequiredService<Counter>();
        await host.StopAsync();

        Assert.All(answers, answer => Assert.Equal("100", answer));
        Assert.Equal(-1, counter.Value);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Middleware_of_the_application_works_in_a_host_without_it()
    {
        var app = new ModularApp();
        TokenHandler.AddTo(app);
        app.Route("/", () => Current.Request.Http.User.Identity!.Name!, endpoint: "index").RequireAuthorization();
        var (host, client) = await Mount(app);
        await using var _ = host;

        var stranger = await client.GetAsync("/old/");
        client.DefaultRequestHeaders.Add("X-Token", "peter");
        var text = await client.GetStringAsync("/old/");

        Assert.Equal((401, "peter"), ((int)stranger.StatusCode, text));
    }

    [Theory]
    [InlineData("authorization")]
    [InlineData("antiforgery")]
    [InlineData("cors")]
    public async Task Authorization_of_the_hosts_endpoint_does_not_count_for_rules_of_the_application(string guard)
    {
        var app = new ModularApp { PropagatesExceptions = true };
        var rule = app.Route("/secret", () => "SECRET", endpoint: "secret", methods: ["GET", "POST"]);
        if (guard == "authorization") rule.RequireAuthorization();
        else if (guard == "cors") rule.RequireCors("strict");
        else rule.WithMetadata(new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddAntiforgery().AddCors(cors => cors.AddPolicy("open", policy => policy.AllowAnyOrigin()));
        builder.Services.AddAuthentication("token").AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, TokenHandler>("token", null);
        builder.Services.AddAuthorization();
        await using var host = builder.Build();
        host.UseRouting().UseCors().UseAuthentication().UseAuthorization().UseAntiforgery();
        var fallback = host.MapFallback(app.AppDelegate);
        if (guard == "cors") fallback.RequireCors("open");
        if (guard == "antiforgery") fallback.WithMetadata(new Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryTokenAttribute(false));
        await host.StartAsync();
        using var client = host.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/secret") { Headers = { { "Origin", "https://other.test" } } };

        var error = await Assert.ThrowsAsync<ModularException>(() => client.SendAsync(request));

        Assert.StartsWith("Endpoint \"secret\" requires a", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hosts_services_are_the_hosts_again_when_the_application_is_done()
    {
        var app = new ModularApp();
        app.Services.AddSingleton(new OwnService("its own"));
        app.Route("/", () => "answer", endpoint: "index");
        var after = "nothing";
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        await using var host = builder.Build();
        host.Run(async http =>
        {
            await app.AppDelegate(http);
            after = http.RequestServices.GetService<OwnService>()?.Name ?? "none";
        });
        await host.StartAsync();

        await host.GetTestClient().GetStringAsync("/");

        Assert.Equal("none", after);
    }

    [Fact]
    public async Task Two_applications_share_one_host()
    {
        var (first, second) = (Named("first"), Named("second"));
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        await using var host = builder.Build();
        host.Map("/1", branch => branch.Run(first.AppDelegate));
        host.Map("/2", branch => branch.Run(second.AppDelegate));
        await host.StartAsync();
        var client = host.GetTestClient();

        var texts = await Task.WhenAll(client.GetStringAsync("/1/"), client.GetStringAsync("/2/"));

        Assert.Equal(["first /1/", "second /2/"], texts);

        static ModularApp Named(string name)
        {
            var app = new ModularApp(new() { Name = name });
            app.Route("/", () => $"{Current.App.Name} {UrlFor("index")}", endpoint: "index");
            return app;
        }
    }

    [Fact]
    public async Task An_unhandled_error_is_a_500_that_reveals_nothing_and_a_line_in_the_hosts_log()
    {
        var log = new HostLog();
        var app = new ModularApp(new() { Name = "mounted" });
        app.Route("/", string () => throw new InvalidOperationException("secret"), endpoint: "index");
        var (host, client) = await Mount(app, builder => builder.Services.AddSingleton<ILoggerProvider>(log));
        await using var _ = host;

        var response = await client.GetAsync("/old/");

        Assert.Equal(500, (int)response.StatusCode);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(["mounted: Exception on / [GET]"], log.Errors);
    }
}
