namespace Modular.Fixers.Tests;

/// <summary>The section ProxyFix of the configuration: how many proxies add values, which differs between deployments.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task The_section_changes_the_numbers_of_the_program_for_one_application()
    {
        var options = new ProxyFixOptions { TrustedProxies = ["127.0.0.1", "10.0.0.0/8"] };
        var (app, other) = (new ModularApp().UseProxyFix(options), new ModularApp().UseProxyFix(options));
        app.Config.AddInMemoryCollection([new("ProxyFix:For", "2"), new("ProxyFix:Host", "1")]);
        TestRequest request = new() { Headers = [("X-Forwarded-For", "203.0.113.9, 10.0.0.7"), ("X-Forwarded-Host", "shop.example")] };

        Assert.Equal("203.0.113.9 shop.example", await Address(app));
        Assert.Equal("10.0.0.7 localhost", await Address(other));

        async Task<string> Address(ModularApp one)
        {
            one.Get("/", () => $"{Current.Request.RemoteAddr} {Current.Request.Host}", endpoint: "index");
            await using var client = one.TestClient();
            return (await client.GetAsync("/", request)).Text;
        }
    }

    [Fact]
    public void A_wrong_value_in_the_section_is_reported()
    {
        var app = new ModularApp().UseProxyFix(new() { TrustedProxies = ["127.0.0.1"] });
        app.Config.AddInMemoryCollection([new("ProxyFix:For", "-1")]);

        Assert.StartsWith(
            "\"ProxyFix:For\" in the configuration, an option of Modular.Fixers.ProxyFix, is \"-1\". The option refuses it: For must be 0 or the number of proxies that add a value.",
            Assert.Throws<ModularException>(() => app.TestRequestContext("/")).Message);
    }
}
