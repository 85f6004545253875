using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;

namespace Flashing.Tests;

/// <summary>One browser, one host name, two servers: the real Flask and Modular, which share a key and so a session.</summary>
public sealed class FlaskInteropTests : IAsyncLifetime
{
    const string Key = "shared by Flask and Modular";

    readonly HttpClient _browser = new(new SocketsHttpHandler { CookieContainer = new() });
    FlaskProcess _flask = null!;
    WebApplication _modular = null!;

    public async ValueTask InitializeAsync()
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.UseSessions(new() { SecretKey = Key });
        app.UseFlash();
        app.Route("/login", () =>
        {
            var session = Current.Session;
            (session["username"], session["roles"], session["blob"]) = (Current.Request.Args["name"], ("admin", "editor"), new byte[80]);
            session.Permanent = true;
            return "in";
        }, endpoint: "login");
        app.Route("/whoami", () => Json(new
        {
            Username = Current.Session.Find("username"), Roles = Current.Session.Find("roles"), Tuple = Current.Session.Find("roles") is SessionTuple,
            Blob = Current.Session.Find<byte[]>("blob")?.Length ?? 0, Current.Session.Permanent,
        }), endpoint: "whoami");
        app.Route("/flash", () =>
        {
            Flash("from Modular <b>", "info");
            Flash(new Markup("<i>markup of Modular</i>"));
            return "flashed";
        }, endpoint: "flash");
        app.Route("/messages", () => Json(GetFlashedMessages().Select(m => new[] { m.Category, m.Message, m.Message is Markup })), endpoint: "messages");
        _modular = app.Build(builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0)));
        await _modular.StartAsync();
        _flask = await FlaskProcess.Start(Key);
    }

    public async ValueTask DisposeAsync()
    {
        await _modular.DisposeAsync();
        await _flask.DisposeAsync();
        _browser.Dispose();
    }

    // A browser's cookies are the host's, whatever the port.
    Task<string> Flask(string path) => _browser.GetStringAsync(new Uri(_flask.Url, path));

    Task<string> Modular(string path) => _browser.GetStringAsync(new Uri(new Uri(_modular.Urls.First()), path));

    [NeedsFact(Tool.Flask)]
    public async Task A_user_who_logged_in_at_Flask_is_logged_in_at_Modular_and_vice_versa()
    {
        var answers = new List<JsonElement>();
        await Flask("/login?name=J%C3%B6rg");
        answers.AddRange([JsonElement.Parse(await Modular("/whoami")), JsonElement.Parse(await Flask("/whoami"))]);
        await Modular("/login?name=%E6%97%A5%E6%9C%AC");
        answers.AddRange([JsonElement.Parse(await Flask("/whoami")), JsonElement.Parse(await Modular("/whoami"))]);

        Assert.All(answers, answer => Assert.True(answer.GetProperty("tuple").GetBoolean() && answer.GetProperty("permanent").GetBoolean() && answer.GetProperty("blob").GetInt32() == 80));
        Assert.Equal(["Jörg", "Jörg", "日本", "日本"], answers.Select(answer => answer.GetProperty("username").GetString()!));
        Assert.All(answers, answer => Assert.Equal("""["admin","editor"]""", answer.GetProperty("roles").GetRawText().Replace(" ", "", StringComparison.Ordinal)));
    }

    [NeedsFact(Tool.Flask)]
    public async Task A_message_flashed_by_one_is_shown_by_the_other()
    {
        await Flask("/flash");
        await Modular("/flash");
        var atModular = await Modular("/messages");
        var nothing = await Flask("/messages");
        await Modular("/flash");
        var atFlask = await Flask("/messages");

        Assert.Equal(
            ["info: from Flask <b> (text)", "message: <i>markup of Flask</i> (markup)", "info: from Modular <b> (text)", "message: <i>markup of Modular</i> (markup)"], Read(atModular));
        Assert.Empty(Read(nothing));
        Assert.Equal(["info: from Modular <b> (text)", "message: <i>markup of Modular</i> (markup)"], Read(atFlask));

        static IEnumerable<string> Read(string json) => JsonElement.Parse(json).EnumerateArray()
            .Select(message => $"{message[0]}: {message[1]} ({(message[2].GetBoolean() ? "markup" : "text")})");
    }
}
