using System.Diagnostics;

namespace Microblog.Tests;

/// <summary>Tests the files in docs/deploying.md: the site on a real nginx, the unit with systemd's own checker.</summary>
public sealed class DeployingTests
{
    [NeedsFact(Tool.Nginx)]
    public async Task Behind_the_nginx_site_of_the_docs_below_a_path_and_with_TLS_everything_works()
    {
        // A short path: the name of a socket has room for about a hundred characters.
        var socket = Path.Combine(Path.GetTempPath(), $"microblog-{Guid.NewGuid():N}.sock");
        await using var site = await Site.StartOn($"unix:{socket}", ("TRUSTED_PROXIES", "unix"), ("HTTPS", "1"));
        await using var nginx = await ProxyProcess.NginxSite((folder, port) => Block("nginx")
            .Replace("listen 80;", $"listen unix:{folder}/plain.sock;", StringComparison.Ordinal)
            .Replace("listen 443 ssl;", $"listen 127.0.0.1:{port} ssl;", StringComparison.Ordinal)
            .Replace("/etc/letsencrypt/live/example.org/fullchain.pem", $"{folder}/both.pem", StringComparison.Ordinal)
            .Replace("/etc/letsencrypt/live/example.org/privkey.pem", $"{folder}/both.pem", StringComparison.Ordinal)
            .Replace("/run/microblog/site.sock", socket, StringComparison.Ordinal));
        var host = new Uri($"https://127.0.0.1:{nginx.Port}");
        using var visitor = new Visitor(new(host, "/blog/"));
        using var outside = new Visitor(host);

        var bare = await outside.Get("/blog");
        var first = await visitor.Get("/everyone");
        var style = await outside.Get("/blog/static/style.css");
        var signedUp = await visitor.SignUp("maria");
        var published = await visitor.Publish("through nginx", PictureFiles.Png, "a dawn");
        var post = await outside.Get(published.Location!);
        var picture = await outside.Get(post.Text.Split("class=\"picture\" src=\"")[1].Split('"')[0]);
        var large = await visitor.Publish("too large", [.. PictureFiles.Png, .. new byte[6_200_000]], "a dawn");
        var login = await outside.Get("/blog/settings");
        var api = await visitor.Api("POST", "/api/posts", new { text = "as JSON" });
        var own = await visitor.Send(new(HttpMethod.Post, new Uri(host, "/blog/post/new")) { Content = new FormUrlEncodedContent([KeyValuePair.Create("text", "ours")]), Headers = { { "Origin", host.GetLeftPart(UriPartial.Authority) }, { "X-CSRF-Token", await visitor.Token() } } });
        var forged = await visitor.Send(new(HttpMethod.Post, new Uri(host, "/blog/post/new")) { Content = new FormUrlEncodedContent([KeyValuePair.Create("text", "theirs")]), Headers = { { "Origin", "https://evil.example" }, { "X-CSRF-Token", await visitor.Token() } } });

        Assert.Equal((308, 200, 200), (bare.Status, first.Status, style.Status));
        Assert.All(Addresses(first.Text), address => Assert.StartsWith("/blog/", address, StringComparison.Ordinal));
        Assert.Equal((303, "/blog/"), (signedUp.Status, signedUp.Location));
        Assert.True(visitor.Cookies.GetAllCookies().Single() is { Secure: true, HttpOnly: true });
        Assert.Equal(PictureFiles.Png, picture.Body);
        Assert.Equal(413, large.Status);
        Assert.Contains("<h1>Request Entity Too Large</h1>", large.Text, StringComparison.Ordinal);
        Assert.Equal((302, "/blog/login?next=/blog/settings"), (login.Status, login.Location));
        Assert.Equal((201, $"/blog{api.Json.GetProperty("page").GetString()!["/blog".Length..]}"), (api.Status, api.Json.GetProperty("page").GetString()));
        Assert.Equal((303, 400), (own.Status, forged.Status));
        Assert.Equal("max-age=31536000", first.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [NeedsFact(Tool.Systemd)]
    public async Task The_unit_of_the_docs_is_valid_for_systemd()
    {
        var unit = Block("ini").Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal);

        var complaints = await Verify(unit);
        var complaintsOfAnother = await Verify(unit.Replace("StateDirectory", "StateFolder", StringComparison.Ordinal));

        Assert.Empty(complaints);
        Assert.Contains("Unknown key", Assert.Single(complaintsOfAnother), StringComparison.Ordinal);
    }

    static async Task<string[]> Verify(string text)
    {
        var folder = Directory.CreateTempSubdirectory("unit-").FullName;
        var unit = Path.Combine(folder, "microblog.service");
        await File.WriteAllTextAsync(unit, text);
        using var checker = Process.Start(new ProcessStartInfo(Tools.Path(Tool.Systemd), ["verify", "--man=no", unit]) { RedirectStandardError = true })!;
        var said = await checker.StandardError.ReadToEndAsync();
        await checker.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        return [.. said.Split('\n').Where(line => line.Contains("microblog.service", StringComparison.Ordinal))];
    }

    [Fact]
    public void The_container_file_of_the_docs_is_the_samples_own()
    {
        var own = File.ReadAllLines(Path.Combine(Root(), "samples", "Microblog", "Dockerfile")).Where(line => !line.StartsWith('#'));

        Assert.Equal(Block("dockerfile").TrimEnd().Split('\n'), own);
    }

    static string Block(string language) => File.ReadAllText(Path.Combine(Root(), "docs", "deploying.md")).Split($"```{language}\n")[1].Split("```")[0];

    static IEnumerable<string> Addresses(string page) =>
        ((string[])["href=\"", "src=\"", "action=\""]).SelectMany(name => page.Split(name).Skip(1)).Select(rest => rest.Split('"')[0]).Where(address => address[0] != '#' && !address.Contains("://", StringComparison.Ordinal));

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Modular.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
