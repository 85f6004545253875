namespace Modular.Tests.Routing;

public sealed class UrlBindingTests
{
    static readonly RouteTable Rules = new(new() { SubdomainMatching = true, DefaultSubdomain = "www" }, new());

    [Theory]
    [InlineData("API.Example.com", "example.com", "api", false)]
    [InlineData("example.com", "example.com", "", false)]
    [InlineData("example.com:80", "EXAMPLE.com:80", "", false)]
    [InlineData("notexample.com", "example.com", "www", true)]
    [InlineData("example.com:5000", "example.com", "www", true)]
    [InlineData("", "example.com", "www", true)]
    [InlineData("a.xn--bcher-kva.test", "bücher.test", "a", false)]
    public void The_subdomain_is_the_part_before_the_server_name(string host, string serverName, string subdomain, bool isForeign)
    {
        var binding = new UrlBinding(Rules, new UrlPlace("http", host), serverName);

        Assert.Equal((subdomain, isForeign), (binding.Subdomain, binding.IsForeignHost));
    }

    [Fact]
    public void The_mount_is_encoded_and_ends_with_a_slash()
    {
        var binding = new UrlBinding(Rules, new UrlPlace("https", "example.com:443", "/ü b"), subdomain: "");

        Assert.Equal(("/%C3%BC%20b/", "example.com", "https"), (binding.ScriptName, binding.ServerName, binding.Scheme));
    }

    [Fact]
    public void An_invalid_server_name_is_refused()
    {
        var error = Routes.ErrorOf(() => _ = new UrlBinding(Rules, new UrlPlace("http", "ü..test:8080")));

        Assert.Equal("The server name \"ü..test:8080\" isn't a host name. Write it as \"example.com\" or \"example.com:8080\".", error);
    }
}
