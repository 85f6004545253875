using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Modular.Fixers.Tests;

// Every case with all addresses trusted, as Werkzeug trusts them. SERVER_NAME has no counterpart in ASP.NET.
public sealed class ProxyFixVectorTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Forwarded_headers_count_from_the_right_as_in_Werkzeug()
    {
        var vectors = new VectorFile("proxyfix.json", output);

        foreach (var vector in VectorFile.Load("proxyfix.json").EnumerateArray())
        {
            var http = await Fixed(vector);

            vectors.Check(vector.ToString(), Show(Environ(vector.GetProperty("expect"))), Show(http), Show(Ours(vector)));
        }

        vectors.Finish();
    }

    static async Task<HttpContext> Fixed(JsonElement vector)
    {
        var (config, environ, http) = (vector.GetProperty("config"), Environ(vector.GetProperty("environ")), new DefaultHttpContext());
        http.Connection.RemoteIpAddress = IPAddress.Parse(environ["REMOTE_ADDR"]);
        http.Connection.LocalPort = int.Parse(environ["SERVER_PORT"], CultureInfo.InvariantCulture);
        if (environ.TryGetValue("HTTP_HOST", out var host)) http.Request.Headers.Host = host;
        http.Request.Scheme = environ["wsgi.url_scheme"];
        http.Request.PathBase = environ["SCRIPT_NAME"];
        foreach (var (name, value) in Environ(vector.GetProperty("headers")))
            http.Request.Headers[name["HTTP_".Length..].Replace('_', '-')] = value;
        var app = ProxyFix.Wrap(_ => Task.CompletedTask, new()
        {
            For = Count("x_for"), Proto = Count("x_proto"), Host = Count("x_host"), Port = Count("x_port"), Prefix = Count("x_prefix"),
            TrustedProxies = ["0.0.0.0/0", "::/0"],
        });

        await app(http);

        return http;

        int Count(string name) => config.TryGetProperty(name, out var count) ? count.GetInt32() : 0;
    }

    static Dictionary<string, string> Environ(JsonElement values) =>
        values.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!);

    // Our result: upstream's, except for an invalid address, port, scheme or path; tests/Vectors/DEVIATIONS.md has the reasons.
    static Dictionary<string, string> Ours(JsonElement vector)
    {
        var (before, ours) = (Environ(vector.GetProperty("environ")), Environ(vector.GetProperty("expect")));
        ours["REMOTE_ADDR"] = IPEndPoint.TryParse(ours["REMOTE_ADDR"], out var node) ? node.Address.ToString() : before["REMOTE_ADDR"];
        if (!ushort.TryParse(ours["SERVER_PORT"], out _))
        {
            ours["SERVER_PORT"] = before["SERVER_PORT"];
            if (before.TryGetValue("HTTP_HOST", out var host)) ours["HTTP_HOST"] = host;
        }
        var scheme = ours["wsgi.url_scheme"].ToLowerInvariant();
        ours["wsgi.url_scheme"] = scheme is "http" or "https" or "ws" or "wss" ? scheme : before["wsgi.url_scheme"];
        ours["SCRIPT_NAME"] = ours["SCRIPT_NAME"].Trim('/') is { Length: > 0 } prefix ? $"/{prefix}" : "";
        return ours;
    }

    static string Show(Dictionary<string, string> environ) =>
        $"{environ["REMOTE_ADDR"]} {environ["wsgi.url_scheme"]} {environ.GetValueOrDefault("HTTP_HOST", "-")} {environ["SERVER_PORT"]} {environ["SCRIPT_NAME"]}";

    static string Show(HttpContext http)
    {
        var host = http.Request.Headers.Host is [var value, ..] ? value! : "-";
        var port = http.Request.Host.Port ?? http.Connection.LocalPort;
        return $"{http.Connection.RemoteIpAddress} {http.Request.Scheme} {host} {port} {http.Request.PathBase}";
    }
}
