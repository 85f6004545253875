using Microsoft.AspNetCore.Hosting;

namespace Modular.Tests.Context;

/// <summary>Requests are observed from outside, and scopes by hand open and save as requests do.</summary>
public sealed class RequestObserverTests
{
    sealed class Observing : IRequestObserver
    {
        internal List<string> Seen { get; } = [];
        internal TaskCompletionSource Release { get; } = new();
        internal TaskCompletionSource<RequestContext> Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnEvent(RequestContext context, object what) => Seen.Add($"{context.Endpoint} {what}");

        public async ValueTask OnAnswered(RequestContext context)
        {
            if (!context.Request.Headers.ContainsKey("X-Observe")) return;
            Held.TrySetResult(context);
            await Release.Task;
        }
    }

    [Fact]
    public async Task An_observer_gets_events_and_can_keep_the_context_before_its_teardown()
    {
        var (observing, tornDown) = (new Observing(), new SemaphoreSlim(0));
        var app = new ModularApp();
        app.Route("/", () => Tell(), endpoint: "index");
        app.TeardownRequest(_ => { tornDown.Release(); });
        app.Services.AddSingleton<IRequestObserver>(observing);
        await using var host = app.Build(builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));
        await host.StartAsync();
        using var client = new HttpClient { BaseAddress = new(host.Urls.First()) };

        var plain = await client.GetStringAsync("/");
        await tornDown.WaitAsync(TimeSpan.FromSeconds(30));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "X-Observe", "1" } } };
        var answer = client.SendAsync(request);
        var context = await observing.Held.Task;
        string path;
        using (context.Enter()) path = Current.Request.Path;
        var isEarly = tornDown.CurrentCount > 0;
        observing.Release.SetResult();
        using var response = await answer;

        Assert.Equal(("", "/", false), (plain, path, isEarly));
        Assert.Equal(["index told", "index told"], observing.Seen);
        await host.StopAsync();         // the client has its response before the request has ended
        Assert.Throws<ModularException>(() => context.Enter());
        Assert.Equal(1, tornDown.CurrentCount);

        static string Tell()
        {
            Current.Context.Notify("told");
            return "";
        }
    }

    [Fact]
    public void Nothing_is_observed_outside_a_request()
    {
        var observing = new Observing();
        var app = new ModularApp();
        app.Services.AddSingleton<IRequestObserver>(observing);

        using var scope = app.AppContext();
        scope.Context.Notify("told");

        Assert.Empty(observing.Seen);
    }

    [Fact]
    public async Task A_test_scope_opens_and_saves_the_values_of_plugins()
    {
        var slot = new Slot<string>("note");
        var app = new ModularApp().Use(new Probe("Notes", host =>
        {
            host.AddRequestSlot(slot, async context =>
            {
                await Task.Yield();
                return context.Request.Cookies.Find("note");
            }, _ => "none");
            host.BeforeSend((context, response) =>
            {
                response.SetCookie("note", context.Get(slot) + "!");
                return default;
            });
        }));
        var response = new Response();
        await using var scope = app.TestRequestContext("/", headers: [("Cookie", "note=hello")]);

        await scope.OpenAsync();
        var opened = scope.Context.Get(slot);
        await scope.SaveAsync(response);

        Assert.Equal(("hello", "note=hello!; Path=/", true), (opened, response.Headers.SetCookie.ToString(), scope.Context.IsSaved));
    }
}
