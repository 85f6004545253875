using Microsoft.AspNetCore.Hosting;

namespace Modular.Tests.Context;

/// <summary>Somebody looks at requests from outside, and scopes by hand open and save as requests do.</summary>
public sealed class RequestWatcherTests
{
    sealed class Watching : RequestWatcher
    {
        internal List<string> Seen { get; } = [];
        internal TaskCompletionSource Release { get; } = new();
        internal TaskCompletionSource<RequestContext> Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void See(RequestContext context, object what) => Seen.Add($"{context.Endpoint} {what}");

        public override async ValueTask Answered(RequestContext context)
        {
            Held.TrySetResult(context);
            await Release.Task;
        }
    }

    [Fact]
    public async Task A_watcher_is_told_things_and_can_keep_the_context_before_its_teardown()
    {
        var (watching, tornDown) = (new Watching(), false);
        var app = new ModularApp();
        app.Route("/", () => Tell(), endpoint: "index");
        app.TeardownRequest(_ => tornDown = true);
        using var watch = app.Watch(http => http.Request.Headers.ContainsKey("X-Watch") ? watching : null);
        await using var host = app.Build(builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));
        await host.StartAsync();
        using var client = new HttpClient { BaseAddress = new(host.Urls.First()) };

        var plain = await client.GetStringAsync("/");
        var wasTornDown = tornDown;
        tornDown = false;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "X-Watch", "1" } } };
        var answer = client.SendAsync(request);
        var context = await watching.Held.Task;
        string path;
        using (context.Enter()) path = Current.Request.Path;
        var isEarly = tornDown;
        watching.Release.SetResult();
        using var response = await answer;

        Assert.Equal(("watched: False", true, "/", false), (plain, wasTornDown, path, isEarly));
        Assert.Equal(["index told"], watching.Seen);
        Assert.Throws<ModularException>(() => context.Enter());
        await host.StopAsync();
        Assert.True(tornDown);

        static string Tell()
        {
            Current.Context.Watcher?.See(Current.Context, "told");
            return $"watched: {Current.Context.Watcher is not null}";
        }
    }

    [Fact]
    public async Task Who_stopped_looking_sees_nothing_more_and_the_first_one_counts()
    {
        var (first, second) = (new Watching(), new Watching());
        var app = new ModularApp();
        app.Route("/", () => { Current.Context.Watcher?.See(Current.Context, "told"); return ""; }, endpoint: "index");
        first.Release.SetResult();
        second.Release.SetResult();
        await using var client = app.TestClient();
        // The client's own watcher was there before these.
        var one = app.Watch(_ => first);
        var two = app.Watch(_ => second);

        await client.GetAsync("/");
        one.Dispose();
        two.Dispose();
        await client.GetAsync("/");

        Assert.Empty(first.Seen.Concat(second.Seen));
    }

    [Fact]
    public async Task A_scope_by_hand_opens_and_saves_what_plugins_keep()
    {
        var slot = new Slot<string>("note");
        var app = new ModularApp().Use(new Probe("Notes", host =>
        {
            host.Open(slot, async context =>
            {
                await Task.Yield();
                return context.Request.Cookies.Get("note");
            }, _ => "none");
            host.Save((context, response) =>
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
