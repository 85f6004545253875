using System.Globalization;

namespace Modular.Tests.Scenarios;

public sealed class QuickstartScenarioTests(ITestOutputHelper output)
{
    const string FoundNotSeeOther = "redirects are 302 unless told otherwise, as in every released Flask";
    const string OwnMessage = "the message names the dictionary and the remedy";

    [Fact]
    public Task The_quickstart_answers_as_in_flask() => new ScenarioRun("quickstart", App)
    {
        Deviations = new Dictionary<string, (string, string)>
        {
            ["GET /redir"] = (Found("/login", 199), FoundNotSeeOther),
            ["GET /redir https://example.org/sub"] = (Found("/sub/login", 207), FoundNotSeeOther),
        },
    }.Run(output);

    [Fact]
    public Task Cookies_are_read_as_in_flask() =>
        new ScenarioRun("quickstart-cookies", App) { Client = new() { PropagateExceptions = false, UseCookies = false } }.Run(output);

    [Fact]
    public Task Missing_fields_are_shown_to_the_developer_as_in_flask() => new ScenarioRun("quickstart-debug", DebugApp)
    {
        Client = new(),
        Deviations = new Dictionary<string, (string, string)>
        {
            ["POST /form {}"] = (
                "raises BadRequestKeyError: Request.Form has no value named \"username\". Read it with Request.Form.Find(\"username\") if it may be missing.",
                OwnMessage),
            ["GET /argskey"] = (
                "raises BadRequestKeyError: Request.Args has no value named \"q\". Read it with Request.Args.Find(\"q\") if it may be missing.",
                OwnMessage),
        },
    }.Run(output);

    static ModularApp App()
    {
        var app = new ModularApp();
        app.Route("/", () => "Index Page");
        app.Route("/hello", () => "Hello World");
        app.Route("/user/<username>", (string username) => Html($"User {username}"));
        app.Route("/post/<int:id>", (int id) => $"Post {id} int");
        app.Route("/f/<float:number>", (double number) => number.ToString(CultureInfo.InvariantCulture));
        app.Route("/path/<path:path>", (string path) => Escape(path));
        app.Route("/projects/", () => "The project page");
        app.Route("/about", () => "The about page");
        app.Route("/login", () => Current.Request.Method, endpoint: "login", methods: ["GET", "POST"]);
        app.Post("/form", () => Escape(Current.Request.Form["username"]));
        app.Route("/args", () => $"{Current.Request.Args.Get("q", "")}|{string.Join(',', Current.Request.Args.GetAll("q"))}");
        app.Route("/argskey", () => Current.Request.Args["q"]);
        app.Route("/cookies", Cookies);
        app.Route("/redir", () => Redirect(UrlFor("login")));
        app.Route("/denied", () => Abort(401));
        app.Route("/optional", () => "custom options", methods: ["GET", "OPTIONS"]);
        app.Route("/noopt", () => "", options: new() { ProvideAutomaticOptions = false });
        app.Route("/put", () => Current.Request.GetText(), methods: ["put", "delete"]);
        app.Route("/urls", Urls);
        return app;
    }

    static ModularApp DebugApp()
    {
        var app = App();
        app.Debug = true;
        return app;
    }

    static string Cookies()
    {
        var cookies = Current.Request.Cookies;
        return $"[{string.Join(", ", cookies.Keys.Order(StringComparer.Ordinal).Select(name => $"('{name}', '{cookies[name]}')"))}]";
    }

    static string Urls()
    {
        var request = Current.Request;
        return string.Join('\n', request.Path, request.FullPath, request.ScriptRoot, request.BaseUrl, request.Url, request.UrlRoot,
            request.HostUrl, request.Host, request.Scheme, request.IsSecure, request.QueryString, request.RemoteAddr);
    }

    static string Found(string location, int length) =>
        $"302 [Content-Length: {length}; Content-Type: text/html; charset=utf-8; Location: {location}] "
        + System.Text.Json.JsonSerializer.Serialize(
            "<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n<p>You should be redirected automatically to the"
            + $" target URL: <a href=\"{location}\">{location}</a>. If not, click the link.\n");
}
