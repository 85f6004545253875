using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Modular.Fixers;

namespace Modular.Fuzz;

/// <summary>Forwarded headers, a line each: For, Proto, Host, Port, Prefix, and the one of RFC 7239.</summary>
static class ForwardedTarget
{
    static readonly string[] Names = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "Forwarded"];

    static readonly ProxyFixOptions Options = new() { For = 2, Proto = 2, Host = 2, Port = 2, Prefix = 2, TrustedProxies = ["10.0.0.0/8"] };

    static readonly RequestDelegate[] Fixes = [ProxyFix.Wrap(Ends, Options), ProxyFix.Wrap(Ends, Options with { Rfc7239 = true })];

    internal static void Run(ReadOnlySpan<byte> input)
    {
        var lines = Encoding.UTF8.GetString(input).Split('\n');
        foreach (var fix in Fixes)
        {
            var (believed, stranger) = (Request(lines, "10.0.0.1"), Request(lines, "11.0.0.1"));
            Targets.Demand(fix(believed).IsCompletedSuccessfully && fix(stranger).IsCompletedSuccessfully, "The fix waits for something.");
            Check(believed);
            Targets.Demand(Show(stranger) == Show(Request([], "11.0.0.1")), "A stranger is believed.");
        }
        foreach (var hop in Forwarded.Parse(lines[^1]) ?? [])
            Targets.Demand((hop.For ?? hop.By ?? hop.Host ?? hop.Proto)?.Any(char.IsControl) is not true, "A control character gets through.");
    }

    static void Check(HttpContext http)
    {
        Targets.Demand(http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: false }, "The address is none.");
        Targets.Demand(http.Request.Scheme is "http" or "https" or "ws" or "wss", "The scheme is none of the web.");
        Targets.Demand(Uri.TryCreate($"{http.Request.Scheme}://{http.Request.Headers.Host}/", UriKind.Absolute, out var url) && url is { AbsolutePath: "/", UserInfo: "" }
            || http.Request.Headers.Host.ToString() is var host && !host.Any(c => char.IsControl(c) || c is '/' or '@' or '?' or '#' or ' '), "The host is none.");
        var prefix = http.Request.PathBase.Value!;
        Targets.Demand(prefix is "" or ['/', not ('/' or '\\'), ..] && !prefix.Any(char.IsControl), "The prefix may be another host.");
    }

    static DefaultHttpContext Request(string[] lines, string peer)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        http.Request.Scheme = "http";
        http.Request.Headers.Host = "inner";
        http.Request.Path = "/a";
        for (var i = 0; i < Math.Min(lines.Length, Names.Length); i++) http.Request.Headers[Names[i]] = lines[i];
        return http;
    }

    static string Show(HttpContext http) =>
        $"{http.Connection.RemoteIpAddress} {http.Connection.RemotePort} {http.Request.Scheme} {http.Request.Headers.Host} {http.Request.PathBase} {http.Request.Path}";

    static Task Ends(HttpContext http) => Task.CompletedTask;
}
