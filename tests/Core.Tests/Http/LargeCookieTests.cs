namespace Modular.Tests.Http;

public sealed class LargeCookieTests
{
    [Theory]
    [InlineData(4093, 0)]
    [InlineData(4094, 1)]
    public async Task A_cookie_that_browsers_ignore_is_logged_as_a_warning(int size, int warnings)
    {
        var log = new LogLines();
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(log);
        app.Route("/", () =>
        {
            var response = new Response();
            response.SetCookie("theme", new string('x', size - "theme=; Path=/".Length));
            return response;
        });
        await using var client = app.TestClient(new() { UseCookies = false });

        var response = await client.GetAsync("/");

        Assert.Equal((size, warnings), (response.Headers.SetCookie.ToString().Length, log.Complaints.Count));
    }

    [Fact]
    public async Task The_warning_is_logged_once_for_a_response()
    {
        var log = new LogLines();
        var app = new ModularApp();
        app.Services.AddSingleton<ILoggerProvider>(log);
        app.Route("/", () =>
        {
            var response = new Response();
            foreach (var name in new[] { "small", "a", "b" }) response.SetCookie(name, new string('x', name == "small" ? 1 : 5000));
            return response;
        });
        await using var client = app.TestClient(new() { UseCookies = false });

        await client.GetAsync("/");

        Assert.Equal(
            ["Warning: Cookie a takes 5010 bytes with its attributes. Browsers ignore cookies over 4093. Keep the value on the server, and only its key in the cookie."],
            log.Complaints);
    }
}
