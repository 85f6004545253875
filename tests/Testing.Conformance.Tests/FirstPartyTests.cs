using System.Reflection;
using Modular.Caching;
using Modular.Cli;
using Modular.Csrf;
using Modular.Debugger;
using Modular.Fixers;
using Modular.Logging;
using Modular.Templating.Handlebars;
using Modular.Templating.Liquid;
using Modular.Uploads;
using Modular.WebSockets;

namespace Modular.Testing.Conformance.Tests;

/// <summary>The kit over the plugins of this repository.</summary>
public sealed class FirstPartyTests
{
    const string Key = "a key for the tests, which is long enough";

    static readonly Action<ModularApp> Sessions = app => app.UseSessions(new() { SecretKey = Key });

    static readonly Action<ModularApp>[] Others =
        [app => app.UseLogging(), app => app.UseUploads(), app => app.UseTemplating(), app => app.UseLiquid(), app => app.UseHandlebars(), app => app.UseCrossSiteCheck()];

    static readonly Dictionary<string, PluginConformance> Kits = new()
    {
        ["Sessions"] = new(() => Internal<IPlugin>(typeof(Session), "Modular.Sessions.SessionsPlugin", new SessionsOptions { SecretKey = Key }))
        {
            Beside = [app => app.UseFlash(), .. Others],
            Uses = app =>
            {
                app.Get("/count", () => $"{Current.Session["n"] = Current.Session.Get("n", 0) + 1}", endpoint: "count");
                app.Get("/remember", context => $"{context.Session["marker"] = context.Session.Find<string>("marker") ?? context.Request.Args.Find("marker")}", endpoint: "remember");
            },
            Paths = ["/count", "/remember"],
        },
        ["Flash"] = new(app => app.UseFlash())
        {
            With = [Sessions],
            Beside = Others,
            Uses = app =>
            {
                app.Get("/flash", context => { Flash(context.Request.Args.Find("marker") ?? "message"); return Redirect("/shown"); }, endpoint: "flash");
                app.Get("/shown", _ => string.Join(' ', GetFlashedMessages().Select(message => message.Message)), endpoint: "shown");
            },
            Paths = ["/shown"],
            Visits =
            [
                async (client, marker) =>
                {
                    await client.GetAsync($"/flash?marker={marker}");
                    return await client.GetAsync("/shown");
                },
            ],
        },
        ["Login"] = new(app => app.UseLogin(Member.Find, new() { LoginView = "/in" }))
        {
            With = [Sessions],
            Beside = [app => app.UseFlash(), .. Others],
            Uses = app =>
            {
                app.Get("/in", context => $"{LoginUser(new Member(context.Request.Args.Find("marker") ?? "1"), remember: true)}", endpoint: "in");
                app.Get("/who", _ => Current.User<Member>()?.Id ?? "a visitor", endpoint: "who");
                app.Get("/me", _ => Current.User<Member>()!.Id, endpoint: "me").LoginRequired();
            },
            Paths = ["/who"],
            Visits =
            [
                async (client, marker) =>
                {
                    await client.GetAsync($"/in?marker={marker}");
                    return await client.GetAsync("/me");
                },
            ],
        },
        ["Uploads"] = new(app => app.UseUploads())
        {
            Beside = [Sessions, app => app.UseLogging(), .. Others[2..]],
            AllowedStatics = ["FolderQuota._forgetAt"],     // a folder belongs to the process, and all stores of it share its quota
            Uses = app =>
            {
                app.Post("/upload", () => $"{Current.Request.Files["f"].FileName} {Current.Request.Form.Find("text")}", endpoint: "upload");
                app.Post("/stream", async (UploadStream upload) => $"{(await upload.NextAsync())?.FileName}", endpoint: "stream");
            },
            Visits =
            [
                (client, marker) => client.PostAsync("/upload", new() { Form = [("text", marker)], Files = [new("f", $"{marker}.txt", "text"u8.ToArray())] }),
                (client, marker) => client.PostAsync("/stream", new() { Form = [], Files = [new("f", $"{marker}.txt", "text"u8.ToArray())] }),
            ],
        },
        ["Logging"] = new(app => app.UseLogging())
        {
            Beside = [Sessions, .. Others[1..]],
            Uses = app => app.Get("/id", () => Current.RequestId, endpoint: "id"),
            Paths = ["/id"],
            AllocationBudget = null,            // each request has a line
        },
        ["ProxyFix"] = new(app => app.UseProxyFix(new() { TrustedProxies = ["127.0.0.1"] }))
        {
            Beside = [Sessions, .. Others],
            Uses = app => app.Get("/address", () => $"{Current.Request.RemoteAddr} {Current.Request.Host}", endpoint: "address"),
            Paths = ["/address"],
        },
        ["CrossSiteCheck"] = new(app => app.UseCrossSiteCheck())
        {
            Beside = [Sessions, .. Others[..5]],
        },
        ["Templating"] = new(app => app.UseTemplating()) { Beside = [Sessions, app => app.UseLogging(), app => app.UseLiquid()] },
        ["Liquid"] = new(app => app.UseLiquid())
        {
            With = [app => app.UseTemplating(new() { Engine = "liquid" })],
            IsTrimmable = false,                // the library that it wraps uses reflection
            Beside = [Sessions, app => app.UseHandlebars(), app => app.UseLogging()],
            Uses = app => app.Get("/page", context => RenderTemplateString("{{ request.args.marker }} {{ v | upcase }}", ("v", "<")), endpoint: "page"),
            Paths = ["/page"],
        },
        ["Handlebars"] = new(app => app.UseHandlebars())
        {
            With = [app => app.UseTemplating(new() { Engine = "handlebars" })],
            IsTrimmable = false,                // the library that it wraps uses reflection
            AllowedStatics = ["PageState._current"],        // of a thread, and only while it renders a page
            Beside = [Sessions, app => app.UseLiquid(), app => app.UseLogging()],
            Uses = app => app.Get("/page", context => RenderTemplateString("{{request.args.marker}} {{escape v}}", ("v", "<")), endpoint: "page"),
            Paths = ["/page"],
        },
        ["Csrf"] = new(app => app.UseCsrf())
        {
            With = [Sessions],
            Beside = [app => app.UseFlash(), .. Others],
            Uses = app => app.Get("/form", () => CsrfFunctions.CsrfField(), endpoint: "form"),
            Paths = ["/form"],
        },
        ["Caching"] = new(app => app.UseCaching())
        {
            Beside = [Sessions, .. Others],
            Uses = app => app.Get("/cached", context => context.Request.Args.Find("marker") ?? "", endpoint: "cached").Cached(TimeSpan.FromMinutes(1)),
            Paths = ["/cached"],
        },
        ["WebSockets"] = new(app => app.UseWebSockets())
        {
            Beside = [Sessions, .. Others],
            Uses = app => app.WebSocket("/socket", _ => Task.CompletedTask, endpoint: "socket"),
        },
        ["Cli"] = new(app => app.UseCli([])) { Beside = [Sessions, .. Others], IsTrimmable = false },
        ["Debugger"] = new(app => app.UseDebugger())
        {
            Beside = [Sessions, .. Others],
            IsTrimmable = false,
            // The console's output and the reloader belong to the process.
            AllowedStatics = ["ConsoleCapture._isInstalled", "PageReload._version", "PageReload._next", "Reloader._ofThisProcess", "ReloadLink._tells", "ReloadLink._told"],
        },
    };

    sealed record Member(string Id) : IUser
    {
        internal static Member? Find(string id) => new(id);
    }

    public static TheoryData<string, string> Checks => [.. Kits.SelectMany(kit => kit.Value.Checks.Select(check => (kit.Key, check.Name)))];

    [Theory]
    [MemberData(nameof(Checks))]
    public Task Each_plugin_keeps_each_promise(string plugin, string check) => Kits[plugin].RunAsync(check, TestContext.Current.CancellationToken);

    static T Internal<T>(Type near, string name, params object[] arguments) =>
        (T)Activator.CreateInstance(near.Assembly.GetType(name, throwOnError: true)!, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, null, arguments, null)!;
}
