using System.Text.Json;

namespace Modular.Cli.Tests;

public sealed class ConfigTests
{
    [StartsPrograms]
    [Fact]
    public async Task Settings_in_effect_are_shown_with_where_they_come_from_and_secrets_are_masked()
    {
        await using var shop = Terminal.Pipe(["config"], ("MODULAR_Greeting", "from outside"), ("MODULAR_Currency", "EUR"));

        var shown = await shop.Exit();

        var lines = shown.Output.Split('\n').Select(line => string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))).ToList();
        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("Options.ServerName|shop.example|program", lines);
        Assert.Contains("Options.PreferredUrlScheme|http|default", lines);
        Assert.Contains("app.Debug|False|default", lines);
        Assert.Contains("Greeting|Good day|program", lines);
        Assert.Contains("Currency|EUR|environment", lines);
        Assert.Contains("SecretKey|********|program", lines);
        Assert.Contains("Database|********|program", lines);
        Assert.Contains("Cache|********|program", lines);
        Assert.DoesNotContain("do not tell", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("do-not-tell", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_file_that_has_a_value_is_its_source()
    {
        var folder = Directory.CreateTempSubdirectory("modular-config-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "one.json"), """{ "Shop": { "Name": "one", "City": "Rome" } }""");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "two.json"), """{ "Shop": { "Name": "two" } }""");
        var app = new ModularApp().UseCli([]);
        app.Config.SetBasePath(folder.FullName).AddJsonFile("one.json").AddJsonFile("two.json");

        var shown = await app.InvokeAsync("config", "shop:", "--json");

        folder.Delete(recursive: true);
        using var rows = JsonDocument.Parse(shown.Output);
        Assert.Equal(["Shop:City Rome file one.json", "Shop:Name two file two.json"],
            rows.RootElement.EnumerateArray().Select(row => $"{row.GetProperty("name")} {row.GetProperty("value")} {row.GetProperty("source")}"));
    }

    [Theory]
    [InlineData("SecretKey", "x", true)]
    [InlineData("Stripe:Api_Key", "x", true)]
    [InlineData("AWS_ACCESS_KEY_ID", "x", true)]
    [InlineData("Keys:0", "x", true)]
    [InlineData("ConnectionStrings:Main", "x", true)]
    [InlineData("Mail:Password", "x", true)]
    [InlineData("Oauth:ClientSecret", "x", true)]
    [InlineData("GITHUB_TOKEN", "x", true)]
    [InlineData("Store", "Server=db;Pwd = x", true)]
    [InlineData("Queue", "amqp://me:x@host/", true)]
    [InlineData("Pem", "-----BEGIN PRIVATE KEY-----", true)]
    [InlineData("Keyboard:Layout", "de", false)]
    [InlineData("Monkey:Business", "x", false)]
    [InlineData("Home", "https://example.org/a@b:c", false)]
    [InlineData("SecretKey", "", false)]
    public async Task When_in_doubt_a_value_is_masked(string name, string value, bool masked)
    {
        var app = new ModularApp().UseCli([]);
        app.Config[name] = value;

        var shown = await app.InvokeAsync("config", name, "--json");

        using var rows = JsonDocument.Parse(shown.Output);
        var row = rows.RootElement.EnumerateArray().Single(row => row.GetProperty("name").GetString() == name);
        Assert.Equal((masked, masked ? "********" : value), (row.GetProperty("masked").GetBoolean(), row.GetProperty("value").GetString()));
    }
}
