using System.Net;
using System.Text.Json;

namespace Modular.Tests.Http;

public class RequestHostTests(ITestOutputHelper output)
{
    [Fact]
    public void Hosts_are_read_as_Werkzeug_reads_them()
    {
        var run = new VectorFile("get_host", output);

        foreach (var item in VectorFile.Load("http_functions.json").GetProperty("werkzeug.sansio.utils.get_host").EnumerateArray())
        {
            var args = item.GetProperty("args");
            var expect = item.GetProperty("expect");
            var host = RequestHost.Of(Context(args));
            var trusted = args.TryGetProperty("trusted_hosts", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Select(name => name.GetString()!).ToArray()
                : [];
            var actual = trusted.Length > 0 && !RequestHost.IsTrusted(host, trusted) ? "400" : host;
            run.Check(args.GetRawText(), expect.TryGetProperty("value", out var value) ? value.GetString()! : "400", actual,
                // ASP.NET knows the address that was reached, not the name that the server was given.
                deviation: args.GetProperty("host_header").ValueKind == JsonValueKind.Null && value.GetString() is { Length: > 0 } name
                    ? name.Replace("spam", "127.0.0.1", StringComparison.Ordinal) : null);
        }

        run.Finish();
    }

    static DefaultHttpContext Context(JsonElement args)
    {
        var http = new DefaultHttpContext();
        http.Request.Scheme = args.GetProperty("scheme").GetString()!;
        if (args.GetProperty("host_header").GetString() is { } header) http.Request.Headers.Host = header;
        if (args.GetProperty("server").TryGetTuple(out var server) && server[1].ValueKind == JsonValueKind.Number)
        {
            http.Connection.LocalIpAddress = IPAddress.Loopback;
            http.Connection.LocalPort = server[1].GetInt32();
        }
        return http;
    }

    [Theory]
    [InlineData("EXAMPLE.com:8080", "EXAMPLE.com:8080")]
    [InlineData("a.test:", "")]
    [InlineData("a_b.test", "a_b.test")]
    [InlineData("a~b.test", "")]
    [InlineData("a.test/x", "")]
    [InlineData("a.test\\@evil", "")]
    [InlineData("[::1]", "[::1]")]
    [InlineData("[::1", "")]
    [InlineData("[1]", "")]
    [InlineData("[::1]x", "")]
    [InlineData(":80", "")]
    public void A_host_with_impossible_characters_is_invalid(string header, string expected)
    {
        Assert.Equal(expected, RequestHost.Normalize("http", header));
    }

    [Theory]
    [InlineData("example.com:5000", true)]
    [InlineData("EXAMPLE.com", true)]
    [InlineData("a.example.org", true)]
    [InlineData("example.org", true)]
    [InlineData("badexample.org", false)]
    [InlineData("a.example.com", false)]
    [InlineData("xn--mnchen-3ya.test", true)]
    [InlineData("", false)]
    public void Only_hosts_of_the_list_are_trusted_and_a_leading_dot_means_all_below(string host, bool expected)
    {
        Assert.Equal(expected, RequestHost.IsTrusted(host, ["example.com", ".example.org", "münchen.test"]));
    }
}

static class TupleExtensions
{
    /// <summary>The items of <c>{"$tuple": […]}</c>, the vector files' way of writing a Python tuple.</summary>
    internal static bool TryGetTuple(this JsonElement value, out JsonElement[] items)
    {
        items = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("$tuple", out var tuple) ? [.. tuple.EnumerateArray()] : [];
        return items.Length > 0;
    }
}
