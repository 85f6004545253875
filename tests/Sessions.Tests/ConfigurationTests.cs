namespace Modular.Sessions.Tests;

/// <summary>The section Sessions of the configuration.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task The_section_changes_simple_options_of_the_program_for_one_application()
    {
        var options = new SessionsOptions { SecretKey = Apps.Key, CookieName = "written", CookiePath = "/app" };
        var (app, other) = (new ModularApp().UseSessions(options), new ModularApp().UseSessions(options));
        app.Config.AddInMemoryCollection(
        [
            new("Sessions:CookieName", "configured"), new("Sessions:CookieSecure", "true"), new("Sessions:CookieSameSite", "strict"), new("Sessions:PermanentLifetime", "02:00:00"),
        ]);
        foreach (var one in new[] { app, other })
            one.Get("/", context =>
            {
                context.Session.Permanent = true;
                context.Session["n"] = 1;
                return "";
            }, endpoint: "index");
        await using var client = app.TestClient();
        await using var unchanged = other.TestClient();

        var cookie = (await client.GetAsync("/")).Headers.SetCookie.ToString();

        Assert.StartsWith("configured=", cookie);
        foreach (var attribute in (string[])["path=/app", "secure", "samesite=strict", "httponly"])
            Assert.Contains($"; {attribute}", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(TimeSpan.FromHours(2), app.Services.Select(service => service.ImplementationInstance).OfType<SessionsOptions>().Single().PermanentLifetime);
        Assert.StartsWith("written=", (await unchanged.GetAsync("/")).Headers.SetCookie.ToString());
        Assert.Equal(31, options.PermanentLifetime.Days);
    }

    [Fact]
    public void The_configured_cookie_is_checked_as_that_of_the_program() => Assert.StartsWith(
        "The cookie \"__Host-id\" of Modular.Sessions would be rejected by browsers: ",
        StartUpTests.Problem(new() { SecretKey = Apps.Key }, change: app => app.Config.AddInMemoryCollection([new("Sessions:CookieName", "__Host-id")])));

    [Theory]
    [InlineData("SecretKey", "a key of the configuration", "is of the type SecretKey, which can't be read. Set it in the program.")]
    [InlineData("PermanentLifetime", "00:00:00", "is \"00:00:00\". The option refuses it: PermanentLifetime must be greater than zero. (Parameter 'PermanentLifetime')\nActual value was 00:00:00.")]
    [InlineData("CookieSameSite", "3", "is \"3\". Write a value of the type SameSiteMode.")]
    [InlineData("CookieNmae", "x", "doesn't exist. Write \"CookieName\".")]
    public void A_wrong_value_or_name_in_the_section_is_reported(string name, string value, string problem) => Assert.Equal(
        $"\"Sessions:{name}\" in the configuration, an option of Modular.Sessions, {problem}",
        StartUpTests.Problem(new() { SecretKey = Apps.Key }, change: app => app.Config.AddInMemoryCollection([new($"Sessions:{name}", value)])));
}
