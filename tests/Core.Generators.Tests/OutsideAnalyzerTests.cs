namespace Modular.Generators.Tests;

public sealed class OutsideAnalyzerTests
{
    [Fact]
    public Task Places_without_a_request_are_found() => Programs.Verify<OutsideAnalyzer>("""
        app.Services.AddSingleton<Store>();
        app.Get("/", () => { _ = Task.Run(() => Console.WriteLine({|MOD005:Current.Request|}.Path)); return ""; });
        app.Get("/b", () => { Task.Run(async () => { await Task.Yield(); Console.WriteLine({|MOD005:Current.Session|}["a"]); }); return ""; });

        static class Settings
        {
            static readonly string Path = {|MOD005:Current.Request|}.Path;
            static object App { get; } = {|MOD005:Current.App|};
            static Settings() => Console.WriteLine({|MOD005:Current.G|});
        }

        sealed class Store
        {
            readonly string _path;
            public Store() => _path = {|MOD005:Current.Request|}.Path;
        }
        """);

    [Fact]
    public Task Places_with_a_request_are_accepted() => Programs.Verify<OutsideAnalyzer>("""
        app.Services.AddScoped<Visit>();
        app.Get("/", () => Current.Request.Path);
        app.Get("/b", async () => await Task.Run(() => Current.Request.Path));
        app.Get("/c", async () => { var task = Task.Run(() => Current.Request.Path); return await task; });
        app.Get("/d", () => { _ = Task.Run(() => { using var _ = app.AppContext(); Console.WriteLine(Current.App); }); return ""; });
        app.Get("/e", () => { _ = Task.Run(() => Console.WriteLine(Current.HasRequest)); return ""; });

        static class Names
        {
            static readonly Func<string> Path = () => Current.Request.Path;
            static string Now => Current.Request.Path;
        }

        sealed class Visit
        {
            readonly string _path = Current.Request.Path;
            public Visit() => Console.WriteLine(Current.Request);
        }
        """);

    [Fact]
    public async Task The_message_says_where_it_is_read() => Assert.Equal(
        "Current.Request is read in a task that outlives the request. Read what the task needs before Task.Run, or await the task in the view.",
        await Programs.MessageOf<OutsideAnalyzer>("app.Get(\"/\", () => { _ = Task.Run(() => Console.WriteLine(Current.Request.Path)); return \"\"; });"));
}
