using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Modular.Tests.Http;

/// <summary>Facts about whole WSGI environments, each turned into the request that an ASP.NET server would have made of it.</summary>
public class EnvironVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void Hosts_of_whole_requests_are_read_as_by_Werkzeug() => Run("werkzeug.wsgi.get_host", (args, http) =>
    {
        var host = RequestHost.Of(http);
        var trusted = args.TryGetProperty("trusted_hosts", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(name => name.GetString()!).ToArray()
            : [];
        return trusted.Length > 0 && !RequestHost.IsTrusted(host, trusted) ? "error" : host;
    });

    [Fact]
    public void Addresses_of_whole_requests_are_built_as_by_Werkzeug() => Run("werkzeug.wsgi.get_current_url", (args, http) =>
    {
        bool Has(string name) => args.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
        var request = new Request(http, new());
        return Has("host_only") ? request.HostUrl : Has("root_only") ? request.UrlRoot : Has("strip_querystring") ? request.BaseUrl : request.Url;
    });

    [Fact]
    public void A_clients_copy_is_compared_as_in_Werkzeug() => Run("werkzeug.http.is_resource_modified", (args, http) =>
    {
        var data = Given(args, "data");
        var etag = Given(args, "etag")?.GetString();
        if (data is not null && etag is not null) return "error";
        if (data is { } bytes) etag = $"\"{Sha3(bytes.GetProperty("$bytes").GetBytesFromBase64())}\"";
        var modified = Given(args, "last_modified") is not { } date ? null
            : date.ValueKind == JsonValueKind.String ? date.GetString()
            : HeaderUtilities.FormatDate(DateTimeOffset.Parse(date.GetProperty("$datetime").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        var (request, headers) = (http.Request.GetTypedHeaders(), new ResponseHeaders(new HeaderDictionary { ["ETag"] = etag, ["Last-Modified"] = modified }));
        var ignoresIfRange = !args.TryGetProperty("ignore_if_range", out var ignore) || ignore.GetBoolean();
        return http.Request.Method is not ("GET" or "HEAD") ? "False"
            : !ignoresIfRange && args.GetProperty("environ").TryGetProperty("HTTP_RANGE", out _) && http.Request.Headers.ContainsKey("If-Range")
                ? (!Response.AllowsRange(request, headers)).ToString()
                : (Response.PreconditionOf(request, headers) is null).ToString();
    });

    [Fact]
    public void Lengths_are_read_as_by_Werkzeug()
    {
        var run = new VectorFile("werkzeug.sansio.utils.get_content_length", output);
        foreach (var item in VectorFile.Load("http_functions.json").GetProperty("werkzeug.sansio.utils.get_content_length").EnumerateArray())
        {
            var args = item.GetProperty("args");
            var (length, encoding) = (args.GetProperty("http_content_length").GetString(), args.GetProperty("http_transfer_encoding").GetString());
            var http = new DefaultHttpContext();
            // Servers give chunked bodies no length, RFC 9112 §6.3.
            if (length is not null && encoding != "chunked") http.Request.Headers["Content-Length"] = length;
            run.Check(args.GetRawText(), item.GetProperty("expect").GetProperty("value").ToString(), $"{new Request(http, new()).ContentLength}",
                // Servers remove the spaces, RFC 9110 §5.5, and respond with 400 to an invalid number before the application runs.
                deviation: length is null || length.All(char.IsAsciiDigit) ? null : length.Trim() is { Length: > 0 } trimmed && trimmed.All(char.IsAsciiDigit) ? trimmed : "");
        }
        run.Finish();
    }

    void Run(string function, Func<JsonElement, HttpContext, string> answer)
    {
        var run = new VectorFile(function, output);
        foreach (var item in VectorFile.Load("http_functions.json").GetProperty(function).EnumerateArray())
        {
            var args = item.GetProperty("args");
            var http = Context(args.GetProperty("environ"));
            var expected = item.GetProperty("expect").TryGetProperty("value", out var value) ? value.ToString() : "error";
            run.Check(args.GetRawText(), expected, answer(args, http), Unnamed(args, expected) ?? Unquoted(args));
        }
        run.Finish();
    }

    // Without a Host header, ASP.NET knows the address that was reached, not the name that the server was given.
    static string? Unnamed(JsonElement args, string expected)
    {
        var environ = args.GetProperty("environ");
        if (environ.TryGetProperty("HTTP_HOST", out _) || !environ.TryGetProperty("SERVER_NAME", out var name) || name.GetString() is not { Length: > 0 } server
            || IPAddress.TryParse(server, out _) || !expected.Contains(server, StringComparison.Ordinal)) return null;
        return Given(args, "trusted_hosts") is null ? expected.Replace(server, "127.0.0.1", StringComparison.Ordinal) : "error";
    }

    // A tag without quotes is invalid, RFC 9110 §8.8.3, so a range that depends on it isn't sent.
    static string? Unquoted(JsonElement args) =>
        Given(args, "ignore_if_range") is { ValueKind: JsonValueKind.False } && args.GetProperty("environ") is var environ && environ.TryGetProperty("HTTP_RANGE", out _)
        && environ.TryGetProperty("HTTP_IF_RANGE", out var tag) && !tag.GetString()!.EndsWith('"') && !HeaderUtilities.TryParseDate(tag.GetString(), out _) ? "True" : null;

    static DefaultHttpContext Context(JsonElement environ)
    {
        var http = new DefaultHttpContext();
        var request = http.Request;
        foreach (var entry in environ.EnumerateObject())
        {
            var text = entry.Value.ToString();
            switch (entry.Name)
            {
                case "REQUEST_METHOD": request.Method = text; break;
                case "wsgi.url_scheme": request.Scheme = text; break;
                case "SCRIPT_NAME": request.PathBase = new(text); break;
                case "PATH_INFO": request.Path = new(text is ['/', ..] or "" ? text : $"/{text}"); break;
                case "QUERY_STRING": request.QueryString = text.Length > 0 ? new($"?{Encoded(text)}") : default; break;
                case "SERVER_NAME": http.Connection.LocalIpAddress = IPAddress.TryParse(text, out var address) ? address : IPAddress.Loopback; break;
                case "SERVER_PORT": http.Connection.LocalPort = int.Parse(text, CultureInfo.InvariantCulture); break;
                case ['H', 'T', 'T', 'P', '_', .. var header]: request.Headers[header.Replace('_', '-')] = text; break;
            }
        }
        return http;
    }

    // No ASP.NET server takes bytes beyond ASCII in a query; clients encode them.
    static string Encoded(string query) => string.Concat(query.Select(c => c < 0x80 ? $"{c}" : $"%{(int)c:X2}"));

    static JsonElement? Given(JsonElement args, string name) =>
        args.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    // Werkzeug's tag of the bytes; ours would be another hash.
    static string Sha3(byte[] data) => Convert.ToBase64String(System.Security.Cryptography.SHA3_256.HashData(data)).TrimEnd('=');
}
