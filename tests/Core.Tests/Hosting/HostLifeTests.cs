using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace Modular.Tests.Hosting;

/// <summary>The creator of services disposes of them, and two hosts of one application don't affect each other.</summary>
public sealed class HostLifeTests
{
    sealed class Kept(List<string> log, string name) : IDisposable, IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Note("started");

        public Task StopAsync(CancellationToken cancellationToken) => Note("stopped");

        public void Dispose() => Note("disposed");

        Task Note(string what)
        {
            log.Add($"{name} {what}");
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task An_application_used_without_a_host_disposes_of_its_services()
    {
        var log = new List<string>();
        var app = new ModularApp();
        app.Services.AddSingleton(_ => new Kept(log, "own"));
        using (var scope = app.AppContext()) scope.Context.Services.GetRequiredService<Kept>();
        Assert.Empty(log);

        await app.DisposeAsync();
        await app.DisposeAsync();

        Assert.Equal(["own disposed"], log);
        Assert.Throws<ObjectDisposedException>(() => app.AppContext());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => app.AppDelegate(new DefaultHttpContext()));
    }

    [Fact]
    public async Task A_mounted_application_ends_with_the_host_around_it_and_so_does_its_scope_of_that_host()
    {
        var log = new List<string>();
        await using var app = new ModularApp();
        app.Services.AddSingleton(new List<int>());
        app.Services.AddHostedService(_ => new Kept(log, "own"));
        app.UseMiddleware(asp =>
        {
            asp.ApplicationServices.GetRequiredService<Kept>();
            asp.Use(next => next);
        });
        app.Get("/", () => "mounted");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddScoped(_ => new Kept(log, "the host's scoped"));
        await using var host = builder.Build();
        host.Run(app.AppDelegate);
        await host.StartAsync();
        using var client = new HttpClient { BaseAddress = new(host.Urls.First()) };

        var texts = (await client.GetStringAsync(new Uri("/", UriKind.Relative)), await client.GetStringAsync(new Uri("/", UriKind.Relative)));
        Assert.Equal(["own started"], log);
        await host.StopAsync();

        Assert.Equal(("mounted", "mounted"), texts);
        Assert.Equal(["own started", "own stopped", "the host's scoped disposed", "own disposed"], log);
    }

    [Fact]
    public async Task A_host_that_was_built_for_the_application_owns_its_services()
    {
        var log = new List<string>();
        await using var app = new ModularApp();
        app.Services.AddSingleton(_ => new Kept(log, "the host's"));
        app.Get("/", (Kept _) => "");
        await using (var served = await Served.Start(app))
        {
            await served.Get("/");
            await app.DisposeAsync();
            Assert.Empty(log);
            Assert.Equal(200, (await served.Get("/")).Status);
        }

        Assert.Equal(["the host's disposed"], log);
    }

    sealed record Widget(string Name);

    [Fact]
    public async Task A_second_host_does_not_change_a_running_first_one()
    {
        await using var app = new ModularApp();
        app.Post("/widget", (Widget widget) => $"{widget.Name}", endpoint: "widget");
        app.Get("/services", (HttpContext http, RequestContext context) => $"{http.RequestServices.GetService<Widget>()?.Name ?? "none"} {context.Services.GetService<Widget>()?.Name ?? "none"}",
            endpoint: "services");
        await using var first = await Served.Start(app);
        Assert.Equal("from the body", (await first.Post("/widget", "application/json", """{"name":"from the body"}""")).Body);

        await using (var second = await Served.Start(app, builder => builder.Services.AddSingleton(new Widget("a service"))))
        {
            Assert.Equal("a service", (await second.Post("/widget", "application/json", """{"name":"from the body"}""")).Body);
            Assert.Equal("from the body", (await first.Post("/widget", "application/json", """{"name":"from the body"}""")).Body);
            Assert.Equal(("none none", "a service a service"), ((await first.Get("/services")).Body, (await second.Get("/services")).Body));
        }

        Assert.Equal("from the body", (await first.Post("/widget", "application/json", """{"name":"from the body"}""")).Body);
    }

    [Fact]
    public async Task A_host_and_a_mount_of_the_same_application_each_keep_their_services()
    {
        await using var app = new ModularApp();
        app.PropagatesExceptions = true;
        app.Services.AddScoped<List<string>>();
        app.Get("/", (List<string> list, HttpContext http) => $"{http.RequestServices.GetService<Widget>()?.Name ?? "none"}");
        await using var served = await Served.Start(app, builder => builder.Services.AddSingleton(new Widget("of the host")));
        var outer = new ModularApp();
        outer.Services.AddSingleton(new Widget("of the outer"));
        outer.AppDelegate = app.AppDelegate;
        await using var client = outer.TestClient();

        Assert.Equal(("of the host", "of the outer", "of the host"), ((await served.Get("/")).Body, (await client.GetAsync("/")).Text, (await served.Get("/")).Body));
    }

    [Fact]
    public async Task The_services_of_a_host_that_cannot_be_built_are_disposed_of()
    {
        var log = new List<string>();
        await using var app = new ModularApp();
        app.Services.AddSingleton(_ => new Kept(log, "the host's")).AddSingleton<ILoggerProvider>(services =>
        {
            services.GetRequiredService<Kept>();
            return new HostLog();
        });
        app.Get("/", (System.Text.StringBuilder missing) => $"{missing}");

        Mistake.Of(() => app.Build());

        Assert.Equal(["the host's disposed"], log);
    }
}
