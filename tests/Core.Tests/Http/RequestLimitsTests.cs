namespace Modular.Tests.Http;

public sealed class RequestLimitsTests
{
    [Theory]
    [InlineData("/small", 100, 413)]
    [InlineData("/small", 10, 200)]
    [InlineData("/large", 100, 200)]
    [InlineData("/large", 2000, 413)]
    public async Task A_hook_may_give_a_request_limits_of_its_own(string path, int length, int status)
    {
        var app = new ModularApp(new() { Limits = new() { MaxContentLength = 50 } });
        app.BeforeRequest(() =>
        {
            if (Current.Request.Path == "/large") Current.Request.Limits = new() { MaxContentLength = 1000 };
        });
        app.Post("/small", Length);
        app.Post("/large", Length);
        await using var client = app.TestClient();

        var response = await client.PostAsync(path, new() { Body = new byte[length] });

        Assert.Equal(status, response.Status);
        if (status == 200) Assert.Equal(length.ToString(), response.Text);
    }

    [Fact]
    public async Task Limits_of_forms_are_the_requests_own_too()
    {
        var app = new ModularApp();
        var limits = new BodyLimits { MaxFormMemorySize = 10 };
        app.BeforeRequest(() => Current.Request.Limits = limits);
        app.Post("/", () => Current.Request.Form["name"]);
        await using var client = app.TestClient();

        var (small, large) = (await client.PostAsync("/", new() { Form = [("name", "ann")] }), await client.PostAsync("/", new() { Form = [("name", "annabelle")] }));

        Assert.Equal((200, 413), (small.Status, large.Status));
    }

    [Fact]
    public async Task Limits_end_with_their_request()
    {
        var app = new ModularApp(new() { Limits = new() { MaxContentLength = 50 } });
        app.BeforeRequest(() =>
        {
            if (Current.Request.Args.ContainsKey("free")) Current.Request.Limits = new();
        });
        app.Post("/", Length);
        await using var client = app.TestClient();

        var (free, limited) = (await client.PostAsync("/?free=1", new() { Body = new byte[100] }), await client.PostAsync("/", new() { Body = new byte[100] }));

        Assert.Equal((200, 413), (free.Status, limited.Status));
    }

    static string Length() => Current.Request.Data.Length.ToString();
}
