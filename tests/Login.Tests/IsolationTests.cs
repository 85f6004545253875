using System.Net;
using Microsoft.AspNetCore.Hosting;

namespace Modular.Login.Tests;

public sealed class IsolationTests
{
    readonly Users _users = new();

    [Theory]
    [InlineData("/me")]
    [InlineData("/%6de")]
    [InlineData("/%6D%65")]
    [InlineData("//me")]
    [InlineData("/./me")]
    [InlineData("/x/../me")]
    [InlineData("/me?")]
    [InlineData("/me/")]
    [InlineData("/ME")]
    [InlineData("/me%00")]
    [InlineData("/me;a=b")]
    [InlineData("/%252e/me")]
    public async Task No_other_spelling_of_a_path_gets_around_a_login(string path)
    {
        await using var client = Apps.New(_users).TestClient();

        var response = await client.GetAsync(path);

        Assert.NotEqual(200, response.Status);
        Assert.DoesNotContain("Ada", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_interleaved_requests_see_their_own_user()
    {
        var app = Apps.NewAsync(_users);
        app.Get("/slow", async () =>
        {
            var before = (await Current.UserAsync<User>())?.Name;
            await Task.Yield();
            return $"{before} {Current.User<User>()?.Name}";
        }, endpoint: "slow");
        await using var ada = app.TestClient();
        await using var bob = app.TestClient();
        await using var visitor = app.TestClient();
        await ada.PostAsync("/login/1");
        await bob.PostAsync("/login/2");

        var responses = await Task.WhenAll(Enumerable.Range(0, 999).Select(i => (i % 3 == 0 ? ada : i % 3 == 1 ? bob : visitor).GetAsync("/slow")));

        Assert.All(responses.Index(), item => Assert.Equal(item.Index % 3 == 0 ? "Ada Ada" : item.Index % 3 == 1 ? "Bob Bob" : " ", item.Item.Text));
    }

    [Fact]
    public async Task A_login_in_an_application_that_is_mounted_in_ASP_NET_works_with_its_prefix()
    {
        var app = Apps.New(_users);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        await using var host = builder.Build();
        host.Map("/old", branch => branch.Run(app.AppDelegate));
        await host.StartAsync();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new() };
        using var browser = new HttpClient(handler) { BaseAddress = new(host.Urls.Single()) };

        using var refused = await browser.GetAsync("/old/me");
        using var login = await browser.PostAsync("/old/login/1?remember=1", null);
        var me = await browser.GetStringAsync("/old/me");
        handler.CookieContainer.GetAllCookies()["session"]!.Expired = true;
        var remembered = await browser.GetStringAsync("/old/me");

        Assert.Equal("/old/login?next=/old/me", refused.Headers.Location!.OriginalString);
        Assert.Equal(("Ada", "Ada"), (me, remembered));
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_client_that_goes_away_while_its_user_is_loaded_ends_the_load()
    {
        var (began, ended) = (new TaskCompletionSource(), new TaskCompletionSource<bool>());
        var app = Apps.Plain();
        app.UseLogin<User>(async (context, id, cancellationToken) =>
        {
            began.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                ended.TrySetResult(cancellationToken.IsCancellationRequested);
            }
            return _users[id];
        });
        app.WithPages(_users);
        await using var server = app.Build(web => web.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0)));
        await server.StartAsync();
        await using var client = app.TestClient();
        await client.PostAsync("/login/1");
        using var browser = new HttpClient { BaseAddress = new(server.Urls.Single()) };
        using var gone = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.Add("Cookie", $"session={client.Cookies.Find("session")!.Value}");

        var response = browser.SendAsync(request, gone.Token);
        await began.Task;
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => response);
        Assert.True(await ended.Task);
    }
}
