using System.Text;
using System.Text.Json;

namespace Modular.Tests.Routing;

public sealed class BindVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void Addresses_are_bound_as_in_Werkzeug()
    {
        var report = new VectorFile("bind_environ.json", output);
        var vectors = VectorFile.Load("bind_environ.json");

        foreach (var test in vectors.EnumerateArray())
        {
            var environ = test.GetProperty("environ");
            var key = $"{RoutingVectors.Text(test, "source")} {JsonSerializer.Serialize(environ)} {RoutingVectors.Text(test, "server_name")}";
            report.Check(key, Expected(test.GetProperty("expect"), environ), Answer(test, environ));
        }

        report.Finish();
    }

    static string Answer(JsonElement test, JsonElement environ)
    {
        var map = test.GetProperty("map");
        var options = new RoutingOptions
        {
            HostMatching = RoutingVectors.Flag(map, "host_matching") ?? false,
            SubdomainMatching = RoutingVectors.Flag(map, "subdomain_matching") ?? true,
            DefaultSubdomain = RoutingVectors.Text(map, "default_subdomain") ?? "",
        };
        var request = new UrlPlace(
            RoutingVectors.Text(environ, "wsgi.url_scheme")!,
            RoutingVectors.Text(environ, "HTTP_HOST") ?? $"{RoutingVectors.Text(environ, "SERVER_NAME")}:{RoutingVectors.Text(environ, "SERVER_PORT")}",
            Decoded(environ, "SCRIPT_NAME"),
            Decoded(environ, "QUERY_STRING"),
            RoutingVectors.Text(environ, "REQUEST_METHOD")!,
            WebSocket: RoutingVectors.Text(environ, "HTTP_UPGRADE") is not null);
        var binding = new UrlBinding(
            new RouteTable(options, new ConverterTable()), request, RoutingVectors.Text(test, "server_name"), RoutingVectors.Text(test, "subdomain"));
        return Show(binding.ServerName, binding.ScriptName, binding.Subdomain, binding.Scheme, binding.DefaultMethod, binding.QueryString);
    }

    // What an expectation leaves out is the usual value.
    static string Expected(JsonElement expect, JsonElement environ) => Show(
        RoutingVectors.Text(expect, "server_name")!,
        RoutingVectors.Text(expect, "script_name")!,
        RoutingVectors.Text(expect, "subdomain") ?? "",
        RoutingVectors.Text(expect, "url_scheme") ?? "http",
        RoutingVectors.Text(expect, "default_method") ?? "GET",
        RoutingVectors.Text(expect, "query_args") ?? "");

    static string Show(string server, string script, string subdomain, string scheme, string method, string query) =>
        $"{method} {scheme}://[{subdomain}]{server}{script}?{query}";

    // WSGI passes bytes as Latin-1.
    static string Decoded(JsonElement environ, string name) =>
        Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(RoutingVectors.Text(environ, name) ?? ""));
}
