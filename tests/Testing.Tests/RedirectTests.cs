namespace Modular.Testing.Tests;

public class RedirectTests
{
    static readonly TestClientOptions Following = new() { FollowRedirects = true };

    static ModularApp Redirecting()
    {
        var app = new ModularApp();
        string[] any = ["GET", "POST", "PUT"];
        app.Route("/end", () => $"{Current.Request.Method} {Current.Request.GetText()} {Current.Request.ContentType}", endpoint: "end", methods: any);
        app.Route("/go/<int:status>", (int status) => Redirect("/end", status), endpoint: "go", methods: any);
        app.Route("/twice", () => Redirect("go/302?again#part"), endpoint: "twice");
        app.Route("/loop/<int:n>", (int n) => Redirect(UrlFor("loop", ("n", n + 1))), endpoint: "loop");
        app.Route("/away", () => Redirect("https://elsewhere.test/path"), endpoint: "away");
        app.Route("/secure", () => Redirect("https://localhost/scheme"), endpoint: "secure");
        app.Route("/scheme", () => Current.Request.Scheme, endpoint: "scheme");
        app.Route("/choices", () => new Response("choices", 300) { Headers = { Location = "/end" } }, endpoint: "choices");
        app.Route("/cookie", () =>
        {
            var response = Redirect("/show");
            response.SetCookie("seen", "on the way");
            return response;
        }, endpoint: "cookie");
        app.Route("/show", () => Current.Request.Cookies["seen"], endpoint: "show");
        app.Route("/folder/", () => "folder", endpoint: "folder");
        return app;
    }

    [Fact]
    public async Task A_redirect_is_a_response_like_any_other_unless_it_is_followed()
    {
        await using var client = Redirecting().TestClient();

        var stays = await client.GetAsync("/go/302");
        var follows = await client.GetAsync("/go/302", new() { FollowRedirects = true });

        Assert.Equal((302, "/end", 0), (stays.Status, stays.Location, stays.History.Count));
        Assert.Equal((200, "/end", 1), (follows.Status, follows.Path, follows.History.Count));
    }

    [Fact]
    public async Task The_history_lists_the_redirects_in_order()
    {
        await using var client = Redirecting().TestClient(Following);

        var response = await client.GetAsync("/twice");

        Assert.Equal([("/twice", 302), ("/go/302?again", 302)], response.History.Select(stop => (stop.Path, stop.Status)));
        Assert.Equal((200, "/end"), (response.Status, response.Path));
        Assert.Single(response.History[1].History);
    }

    [Theory]
    [InlineData(301, "POST", "GET  ")]
    [InlineData(302, "POST", "GET  ")]
    [InlineData(303, "POST", "GET  ")]
    [InlineData(307, "POST", "POST body text/plain")]
    [InlineData(308, "POST", "POST body text/plain")]
    [InlineData(301, "PUT", "PUT body text/plain")]
    [InlineData(302, "PUT", "PUT body text/plain")]
    [InlineData(303, "PUT", "GET  ")]
    [InlineData(307, "PUT", "PUT body text/plain")]
    public async Task Method_and_body_are_kept_or_dropped_as_browsers_do(int status, string method, string expected)
    {
        await using var client = Redirecting().TestClient(Following);

        var typed = await client.SendAsync(method, $"/go/{status}", new() { Body = "body"u8.ToArray(), ContentType = "text/plain" });
        var byHeader = await client.SendAsync(method, $"/go/{status}", new() { Body = "body"u8.ToArray(), Headers = [("Content-Type", "text/plain")] });

        Assert.Equal((expected, expected), (typed.Text, byHeader.Text));
    }

    [Theory]
    [InlineData(303)]
    [InlineData(302)]
    public async Task A_HEAD_stays_a_HEAD(int status)
    {
        await using var client = Redirecting().TestClient(Following);

        var response = await client.HeadAsync($"/go/{status}");

        Assert.Equal((200, "", "/end"), (response.Status, response.Text, response.Path));
        Assert.Equal(6, response.Headers.ContentLength);
    }

    [Fact]
    public async Task A_multipart_body_is_sent_again_after_a_307()
    {
        await using var client = Redirecting().TestClient(Following);
        using var content = new MultipartFormDataContent("B") { { new StringContent("value"), "name" } };

        var response = await client.PostAsync("/go/307", new() { Content = content });

        Assert.Contains("name=name", response.Text, StringComparison.Ordinal);
        Assert.EndsWith("multipart/form-data; boundary=\"B\"", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_is_reported_after_twenty_redirects()
    {
        await using var client = Redirecting().TestClient(Following);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("/loop/1"));

        Assert.Equal("GET /loop/1 was redirected 20 times, last to /loop/22. Fix the loop, or set FollowRedirects = false.", error.Message);
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_sent_to_this_application()
    {
        await using var client = Redirecting().TestClient(Following);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("/away"));

        Assert.Equal("GET /away was redirected to another host, https://elsewhere.test/path. Set FollowRedirects = false, and check the response's Location.", error.Message);
    }

    [Fact]
    public async Task A_circular_redirect_is_reported_when_it_is_repeated()
    {
        var app = new ModularApp();
        app.Route("/a", () => Redirect("/b"), endpoint: "a");
        app.Route("/b", () => Redirect("/a"), endpoint: "b");
        await using var client = app.TestClient(Following);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("/a"));

        Assert.Equal("GET /a was redirected in a loop: the 302 to /b occurred before. Fix the loop, or set FollowRedirects = false.", error.Message);
    }

    [Fact]
    public async Task A_subdomain_is_followed_with_the_option()
    {
        var app = new ModularApp(new() { ServerName = "example.org" });
        app.Route("/", () => Redirect("http://shop.example.org/shop"), endpoint: "index");
        app.Route("/shop", () => Current.Request.Host, endpoint: "shop");
        await using var client = app.TestClient(Following);
        await using var bold = app.TestClient(Following with { FollowSubdomains = true });

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync("/"));
        var response = await bold.GetAsync("/");

        Assert.Equal("GET / was redirected to a subdomain, http://shop.example.org/shop. Set FollowSubdomains = true, or check the response's Location.", error.Message);
        Assert.Equal(("shop.example.org", "http://shop.example.org/shop"), (response.Text, response.Url));
    }

    [Fact]
    public async Task A_redirect_to_https_is_followed()
    {
        await using var client = Redirecting().TestClient(Following);

        Assert.Equal("https", (await client.GetAsync("/secure")).Text);
    }

    [Fact]
    public async Task Only_redirects_are_followed_and_not_every_response_with_a_location()
    {
        await using var client = Redirecting().TestClient(Following);

        Assert.Equal((300, "choices"), (await client.GetAsync("/choices")) is var response ? (response.Status, response.Text) : default);
    }

    [Fact]
    public async Task A_cookie_that_a_redirect_sets_is_sent_to_its_target()
    {
        await using var client = Redirecting().TestClient(Following);

        Assert.Equal("on the way", (await client.GetAsync("/cookie")).Text);
    }

    [Fact]
    public async Task The_redirect_to_the_slash_is_followed_under_a_mount()
    {
        await using var client = Redirecting().TestClient(new() { FollowRedirects = true, BaseUrl = "http://example.test/app" });

        var response = await client.GetAsync("/folder?a=b");

        Assert.Equal(("folder", "/app/folder/?a=b"), (response.Text, response.Path));
    }
}
