using Microsoft.AspNetCore.Http.Features;

namespace Modular.Sessions.Tests;

/// <summary>What a session adds to a request's allocations.</summary>
public sealed class AllocationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("untouched", "small", 0)]
    [InlineData("untouched", "compressed", 0)]
    [InlineData("read", "small", 5168)]
    [InlineData("read", "compressed", 12848)]
    [InlineData("written", "small", 9912)]
    [InlineData("written", "compressed", 20696)]
    public async Task A_session_costs_no_more_than_its_budget(string what, string size, int budget)
    {
        var data = Data();
        if (size == "compressed") data["text"] = new string('x', 600);
        var without = await Measure(null, what, data);
        var with = await Measure(new() { SecretKey = Apps.Key }, what, data);

        output.WriteLine($"{what}, {size}: {with - without} bytes more than {without}");
        Assert.True(with - without <= budget, $"A session that is {what} costs {with - without} bytes, of {budget} allowed.");
    }

    static async Task<long> Measure(SessionsOptions? options, string what, Dictionary<string, object?> data)
    {
        var app = new ModularApp(new() { StaticFolder = null });
        if (options is not null) app.UseSessions(options);
        app.Route("/", View(options is null ? "untouched" : what), endpoint: "index");
        await using var host = app.Build();
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        http.Request.Method = "GET";
        http.Request.Path = "/";
        http.Request.Headers.Cookie = $"session={new SessionSerializer(Apps.Key).Serialize(data)}";
        for (var i = 0; i < 200; i++) await Ask(app, http);
        var least = long.MaxValue;
        for (var i = 0; i < 20; i++) least = Math.Min(least, await Ask(app, http));
        return least;
    }

    static async Task<long> Ask(ModularApp app, HttpContext http)
    {
        http.Response.Headers.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var answer = app.AppDelegate(http);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        await answer;
        return bytes;
    }

    static Func<string> View(string what) => what switch
    {
        "read" => static () => Current.Session.ContainsKey("user") ? "ok" : "wrong",
        "written" => static () => $"{Current.Session["user"] = "peter"}",
        _ => static () => "ok",
    };

    // 200 bytes of JSON.
    static Dictionary<string, object?> Data() => new()
    {
        ["csrf_token"] = "0123456789abcdef0123456789abcdef01234567", ["user"] = "peter", ["roles"] = new List<object?> { "admin", "editor", "viewer" },
        ["seen"] = "2026-11-23T01:02:03Z", ["theme"] = "dark", ["language"] = "en", ["cart"] = new List<object?> { 1, 22, 333, 4444 },
    };
}
