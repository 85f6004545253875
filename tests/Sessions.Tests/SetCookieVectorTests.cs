using System.Text.Json;

namespace Modular.Sessions.Tests;

public sealed class SetCookieVectorTests(ITestOutputHelper output)
{
    const string File = "session_set_cookie.json";

    // The view of each case, by the file's description.
    static readonly Dictionary<string, Action> Views = new()
    {
        ["session.get('a')"] = () => Current.Session.Find("a"),
        ["'a' in session"] = () => Current.Session.ContainsKey("a"),
        ["len(session)"] = () => _ = Current.Session.Count,
        ["bool(session)"] = () => _ = Current.Session.Count > 0,
        ["session.pop('a', None)"] = () => Current.Session.Pop("a"),
        ["session.clear()"] = () => Current.Session.Clear(),
        ["session.setdefault('a', 1)"] = () => Current.Session.SetDefault("a", 1),
        ["session['a'] = 1"] = () => Current.Session["a"] = 1,
        ["del session['a']"] = () => Current.Session.Remove("a"),
        ["session.update(a=1)"] = () => Current.Session["a"] = 1,
        ["session['a'] = session['a'] (same value)"] = () => Current.Session["a"] = Current.Session["a"],
        ["session['l'].append(1) (nested mutation)"] = () => Current.Session.Find<List<object?>>("l")!.Add(1),
        ["session['l'].append(1); session.modified = True"] = () =>
        {
            Current.Session.Find<List<object?>>("l")!.Add(1);
            Current.Session.Modified = true;
        },
        ["session.permanent = True; session['a'] = 1"] = () =>
        {
            Current.Session.Permanent = true;
            Current.Session["a"] = 1;
        },
        ["no session use"] = () => { },
        // As in Modular.Flash, which this package doesn't reference.
        ["flash('x')"] = () => Current.Session["_flashes"] = new List<object?> { ("message", "x") },
        ["get_flashed_messages()"] = () => Current.Session.Pop("_flashes"),
    };

    [Fact]
    public async Task Cookies_are_set_refreshed_and_deleted_as_in_Flask()
    {
        var report = new VectorFile(File, output);

        foreach (var (one, index) in VectorFile.Load(File).EnumerateArray().Select((one, index) => (one, index)))
        {
            var expect = one.GetProperty("expect");
            var lifetime = one.GetProperty("config").TryGetProperty("PERMANENT_SESSION_LIFETIME", out var seconds) ? TimeSpan.FromSeconds(seconds.GetDouble()) : TimeSpan.FromDays(31);
            var upstream = string.Join(" | ", expect.GetProperty("set_cookie").EnumerateArray().Select(cookie => cookie.GetString()))
                .Replace("<now+lifetime>", (ManualClock.Then + lifetime).ToString("r"), StringComparison.Ordinal);
            report.Check($"{index} {one.Text("name")}", $"{expect.GetProperty("status")} {upstream} Vary: {expect.GetProperty("vary")}", await Ask(one, lifetime));
        }

        report.Finish();
    }

    static async Task<string> Ask(JsonElement one, TimeSpan lifetime)
    {
        var config = one.GetProperty("config");
        var app = new ModularApp(new()
        {
            ServerName = Text(config, "SERVER_NAME"),
            ApplicationRoot = Text(config, "APPLICATION_ROOT") ?? "/",
        });
        app.Services.AddSingleton<TimeProvider>(new ManualClock());
        app.UseSessions(Options(config, lifetime));
        var view = Views[one.Text("view")];
        app.Route("/", () =>
        {
            view();
            return "";
        }, endpoint: "index");
        await using var client = app.TestClient(new() { UseCookies = false });
        var cookie = one.GetProperty("request_cookie");

        var response = await client.GetAsync("/", new() { Headers = cookie.ValueKind == JsonValueKind.Null ? [] : [("Cookie", cookie.GetString()!)] });

        return $"{response.Status} {string.Join(" | ", (string?[])response.Headers.SetCookie!)} Vary: {response.Headers.Vary}";
    }

    static SessionsOptions Options(JsonElement config, TimeSpan lifetime) => new()
    {
        SecretKey = "dev",
        AllowWeakKey = true,
        CookieName = Text(config, "SESSION_COOKIE_NAME") ?? "session",
        CookieDomain = Text(config, "SESSION_COOKIE_DOMAIN"),
        CookiePath = Text(config, "SESSION_COOKIE_PATH"),
        CookieHttpOnly = Flag(config, "SESSION_COOKIE_HTTPONLY", true),
        CookieSecure = Flag(config, "SESSION_COOKIE_SECURE", false),
        CookiePartitioned = Flag(config, "SESSION_COOKIE_PARTITIONED", false),
        CookieSameSite = Text(config, "SESSION_COOKIE_SAMESITE") is { } mode ? Enum.Parse<SameSiteMode>(mode) : null,
        RefreshEachRequest = Flag(config, "SESSION_REFRESH_EACH_REQUEST", true),
        PermanentLifetime = lifetime,
    };

    static string? Text(JsonElement config, string name) =>
        config.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static bool Flag(JsonElement config, string name, bool otherwise) => config.TryGetProperty(name, out var value) ? value.GetBoolean() : otherwise;
}
