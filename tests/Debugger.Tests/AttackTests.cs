using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;

namespace Modular.Debugger.Tests;

/// <summary>Each test is named after an attack that fails.</summary>
public sealed class AttackTests
{
    static void IsPlain(Answer answer)
    {
        Assert.Equal(500, answer.Status);
        Assert.DoesNotContain("secret of the house", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("data-secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.test")]
    [InlineData("localhost.evil.test")]
    [InlineData("127.0.0.1.evil.test:80")]
    [InlineData("evillocalhost")]
    [InlineData("10.0.0.1")]
    public async Task DNS_rebinding_cannot_see_the_page_or_reach_a_command(string host)
    {
        await using var site = await Site.Failing();
        var secret = (await site.Get("/")).Secret;

        IsPlain(await site.Get("/", ("Host", host)));
        Assert.Equal(404, (await site.Get("/console", ("Host", host))).Status);
        Assert.Equal(404, (await site.Command("pin", new { secret, pin = site.Pin }, ("Host", host), ("Origin", $"http://{host}"))).Status);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("shop.localhost:5000")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:80")]
    public async Task The_names_of_this_machine_are_accepted(string host)
    {
        await using var site = await Site.Failing();

        Assert.Equal(["the secret of the house"], (await site.Get("/", ("Host", host))).Texts(".top .message"));
    }

    [Fact]
    public async Task A_neighbour_on_the_network_of_0_0_0_0_gets_the_plain_500()
    {
        await using var site = await Site.Failing(peer: IPAddress.Parse("192.168.1.20"));

        IsPlain(await site.Get("/", ("Host", "localhost")));
        Assert.Equal(404, (await site.Get("/console", ("Host", "localhost"))).Status);
        Assert.Equal(404, (await site.Command("pin", new { secret = "x", pin = site.Pin })).Status);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("Forwarded", "for=127.0.0.1;host=localhost")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("X-Original-For", "127.0.0.1:80")]
    [InlineData("X-Cluster-Client-IP", "127.0.0.1")]
    [InlineData("Fastly-Client-IP", "127.0.0.1")]
    [InlineData("X-Envoy-External-Address", "127.0.0.1")]
    [InlineData("X-Azure-ClientIP", "127.0.0.1")]
    [InlineData("X-ProxyUser-Ip", "127.0.0.1")]
    public async Task A_visitor_through_a_proxy_gets_nothing_whatever_the_headers_claim(string header, string value)
    {
        await using var site = await Site.Failing();

        IsPlain(await site.Get("/", (header, value)));
        Assert.Equal(404, (await site.Get("/console", (header, value))).Status);
    }

    [Fact]
    public async Task A_fixer_that_trusts_a_forged_address_does_not_open_the_console()
    {
        await using var site = await Site.Start(app =>
        {
            app.Route("/", string () => throw new InvalidOperationException("the secret of the house"), endpoint: "index");
            app.AppDelegate = Modular.Fixers.ProxyFix.Wrap(app.AppDelegate, new() { For = 1, Host = 1, TrustedProxies = ["192.168.1.20"] });
        }, peer: IPAddress.Parse("192.168.1.20"));

        IsPlain(await site.Get("/", ("Host", "shop.test"), ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Host", "localhost")));
    }

    [Fact]
    public async Task A_Unix_socket_for_a_proxy_shows_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("modular-debugger-");
        var path = Path.Combine(folder.FullName, "socket");
        await using var site = await Site.Start(app => app.Route("/", string () => throw new InvalidOperationException("the secret of the house"), endpoint: "index"),
            configure: builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(path)));
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using var response = await client.GetAsync("http://localhost/");

        Assert.DoesNotContain("secret of the house", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_form_of_another_site_cannot_run_a_command(string type)
    {
        await using var site = await Site.Failing();
        var secret = (await site.Get("/")).Secret;
        var content = new StringContent($"{{\"secret\":\"{secret}\",\"pin\":\"{site.Pin}\"}}", Encoding.UTF8);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        Assert.Equal(415, (await site.Send("POST", "/_modular/debugger/pin", [("Origin", site.Url)], content)).Status);
    }

    [Theory]
    [InlineData("http://evil.test", "same-origin")]
    [InlineData("null", "same-origin")]
    [InlineData("", "same-origin")]
    [InlineData("OWN", "cross-site")]
    [InlineData("OWN", "same-site")]
    public async Task A_script_of_another_site_is_refused_by_its_origin(string origin, string fetchSite)
    {
        await using var site = await Site.Failing();
        var secret = (await site.Get("/")).Secret;
        (string, string)[] headers = [("Sec-Fetch-Site", fetchSite), .. origin.Length == 0 ? Array.Empty<(string, string)>() : [("Origin", origin == "OWN" ? site.Url : origin)]];

        Assert.Equal(403, (await site.Send("POST", "/_modular/debugger/pin", headers, JsonContent.Create(new { secret, pin = site.Pin }))).Status);
    }

    [Fact]
    public async Task A_link_or_an_image_cannot_run_a_command()
    {
        await using var site = await Site.Failing();

        Assert.Equal(405, (await site.Get("/_modular/debugger/run?code=1")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    public async Task A_program_that_has_not_seen_the_page_lacks_its_secret(string? secret)
    {
        await using var site = await Site.Failing();
        var page = await site.Get("/");
        var cookie = await site.Unlock(page.Secret);

        Assert.Equal(403, (await site.Command("run", new { secret, session = page.Session, code = "1" }, ("Cookie", cookie))).Status);
        Assert.Equal(403, (await site.Command("pin", new { secret, pin = site.Pin })).Status);
        Assert.Equal(43, page.Secret.Length);       // 256 bits
    }

    [Fact]
    public async Task Another_user_of_this_machine_lacks_the_PIN()
    {
        await using var site = await Site.Failing();
        var page = await site.Get("/");
        var end = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        var name = (await site.Unlock(page.Secret)).Split('=')[0];

        foreach (var command in (string[])["run", "complete", "expand", "cancel"])
        {
            Assert.Equal(401, (await site.Command(command, new { page.Secret, page.Session, code = "1" })).Status);
            Assert.Equal(401, (await site.Command(command, new { page.Secret, page.Session, code = "1" }, ("Cookie", $"{name}={end}."))).Status);
            Assert.Equal(401, (await site.Command(command, new { page.Secret, page.Session, code = "1" }, ("Cookie", $"{name}={end}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))).Status);
        }
    }

    [Fact]
    public async Task The_secret_PIN_and_cookie_of_another_process_or_container_are_invalid()
    {
        await using var mine = await Site.Failing();
        await using var theirs = await Site.Failing();
        var (mySecret, page) = ((await mine.Get("/")).Secret, await theirs.Get("/"));
        var cookie = await mine.Unlock(mySecret);

        Assert.NotEqual(mySecret, page.Secret);
        Assert.NotEqual(mine.Pin, theirs.Pin);
        Assert.Equal(401, (await theirs.Command("run", new { page.Secret, page.Session, code = "1" }, ("Cookie", cookie))).Status);
    }

    [Fact]
    public async Task Guessing_the_PIN_ends_after_ten_tries_until_a_restart()
    {
        await using var site = await Site.Failing();
        var secret = (await site.Get("/")).Secret;
        var wrong = site.Pin == "000-000-000" ? "111-111-111" : "000-000-000";

        for (var i = 0; i < 9; i++) Assert.Contains("The PIN is wrong", (await site.Command("pin", new { secret, pin = wrong })).Text, StringComparison.Ordinal);
        var tenth = await site.Command("pin", new { secret, pin = wrong });
        var right = await site.Command("pin", new { secret, pin = site.Pin });

        Assert.Contains("locked", tenth.Text, StringComparison.Ordinal);
        Assert.Equal((403, "After 10 wrong PINs the console is locked until the program is restarted."), (right.Status, right.Json.GetProperty("error").GetString()));
        Assert.Single(site.Log.All, line => line.StartsWith("Warning Modular.Debugger: Ten wrong PINs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Guessing_the_PIN_many_times_at_once_gets_no_more_tries()
    {
        await using var site = await Site.Failing();
        var secret = (await site.Get("/")).Secret;

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => site.Command("pin", new { secret, pin = "no" })));

        Assert.Equal(9, answers.Count(answer => answer.Text.Contains("The PIN is wrong", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stolen_page_or_script_cannot_read_or_send_the_cookie()
    {
        await using var site = await Site.Failing();
        var answer = await site.Command("pin", new { (await site.Get("/")).Secret, pin = site.Pin });

        var cookie = answer.Headers["Set-Cookie"].ToLowerInvariant();

        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/_modular/debugger", cookie, StringComparison.Ordinal);
        Assert.Contains("; max-age=28800", cookie, StringComparison.Ordinal);
    }

    sealed class Clock : TimeProvider
    {
        internal TimeSpan Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Passed;
    }

    [Fact]
    public async Task A_cookie_that_was_kept_too_long_is_invalid()
    {
        var clock = new Clock();
        await using var site = await Site.Start(app => app.Services.AddSingleton<TimeProvider>(clock), new() { PinLifetime = TimeSpan.FromHours(1) });
        var page = await site.Get("/console");
        var cookie = await site.Unlock(page.Secret);

        clock.Passed = TimeSpan.FromMinutes(59);
        var before = await site.Command("cancel", new { page.Secret, page.Session }, ("Cookie", cookie));
        clock.Passed = TimeSpan.FromMinutes(60);
        var after = await site.Command("cancel", new { page.Secret, page.Session }, ("Cookie", cookie));

        Assert.Equal((200, 401), (before.Status, after.Status));
    }

    [Fact]
    public async Task Markup_in_an_exception_or_a_request_stays_text_everywhere()
    {
        const string Payload = "'\"></title></script></textarea></pre><script>alert(1)</script><img src=x onerror=alert(1)>";
        await using var site = await Site.Start(app => app.Route("/<path:rest>", string (string rest) =>
        {
            Current.G[Payload] = Payload;
            throw new InvalidOperationException(Payload, new ArgumentException(Payload));
        }, endpoint: "index"));

        var answer = await site.Get($"/{Uri.EscapeDataString(Payload)}?{Uri.EscapeDataString(Payload)}={Uri.EscapeDataString(Payload)}", ("User-Agent", Payload), ("Cookie", $"a={Uri.EscapeDataString(Payload)}"));

        var page = answer.Page;
        Assert.StartsWith($"System.InvalidOperationException: {Payload[..80]}", page.Title, StringComparison.Ordinal);
        Assert.Equal(Payload, answer.Fact("g", Payload));
        Assert.Equal(Payload, answer.Fact("Query", Payload));
        Assert.Single(page.QuerySelectorAll("script"));
        Assert.Empty(page.QuerySelectorAll("img, iframe, object, embed, base, svg, [onerror], [onload], [style]"));
    }

    [Fact]
    public async Task Headers_prevent_injected_scripts_and_foreign_frames_and_sniffing()
    {
        await using var site = await Site.Failing();

        var (first, second) = (await site.Get("/"), await site.Get("/"));

        var nonce = first.Page.QuerySelector("script")!.GetAttribute("nonce")!;
        Assert.Equal($"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", first.Headers["Content-Security-Policy"]);
        Assert.NotEqual(nonce, second.Page.QuerySelector("script")!.GetAttribute("nonce"));
        Assert.Equal(("DENY", "nosniff", "no-store", "same-origin"), (first.Headers["X-Frame-Options"], first.Headers["X-Content-Type-Options"], first.Headers["Cache-Control"], first.Headers["Cross-Origin-Resource-Policy"]));
    }

    [Fact]
    public async Task Without_debug_every_address_is_a_404_and_there_is_no_PIN()
    {
        await using var site = await Site.Failing(debug: false);

        IsPlain(await site.Get("/"));
        Assert.Equal(404, (await site.Get("/console")).Status);
        Assert.Equal(404, (await site.Command("pin", new { secret = "x", pin = "y" })).Status);
        Assert.Equal("", site.Terminal);
    }

    [Fact]
    public async Task Without_a_console_there_are_no_commands_and_no_PIN_and_no_secret()
    {
        await using var site = await Site.Failing(new() { Evaluates = false });

        var page = await site.Get("/");

        Assert.Equal("", page.Secret);
        Assert.Null(page.Page.QuerySelector("#console"));
        Assert.Equal(404, (await site.Get("/console")).Status);
        Assert.Equal(404, (await site.Command("pin", new { secret = "", pin = "" })).Status);
        Assert.Equal("", site.Terminal);
    }

    [Fact]
    public async Task An_invalid_command_is_refused_without_revealing_the_application()
    {
        await using var site = await Site.Failing();
        var page = await site.Get("/");
        var cookie = await site.Unlock(page.Secret);

        Assert.Equal(400, (await site.Send("POST", "/_modular/debugger/run", [("Origin", site.Url)], new StringContent("{", Encoding.UTF8, "application/json"))).Status);
        Assert.Equal(400, (await site.Send("POST", "/_modular/debugger/run", [("Origin", site.Url)], new StringContent("[1]", Encoding.UTF8, "application/json"))).Status);
        Assert.Equal(400, (await site.Command("run", new { page.Secret, page.Session, code = new string('x', 300_000) }, ("Cookie", cookie))).Status);
        Assert.Equal(404, (await site.Command("format-disk", new { page.Secret, page.Session }, ("Cookie", cookie))).Status);
        Assert.Equal(410, (await site.Command("run", new { page.Secret, session = "gone", code = "1" }, ("Cookie", cookie))).Status);
    }
}

/// <summary>Not parallel, because these tests set the environment of the process.</summary>
[CollectionDefinition(nameof(ProductionTests), DisableParallelization = true)]
public sealed class ProductionAlone;

[Collection(nameof(ProductionTests))]
public sealed class ProductionTests
{
    [Theory]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Production")]
    [InlineData("DOTNET_ENVIRONMENT", "production")]
    public async Task Debug_in_production_does_not_open_the_console(string variable, string value)
    {
        var before = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, value);
        try
        {
            await using var site = await Site.Failing();

            var answer = await site.Get("/");

            Assert.Equal(500, answer.Status);
            Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
            Assert.Equal(404, (await site.Get("/console")).Status);
            Assert.Equal("", site.Terminal);
            Assert.Contains($"Warning Modular.Debugger: The debugger is off although debug mode is on: {variable} is Production.", site.Log.All);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }
}
