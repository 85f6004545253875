using System.Text.Json;

namespace Modular.Tests;

public class ConditionalVectorTests(ITestOutputHelper output)
{
    // RFC 9110 lets a server ignore these, and Werkzeug answers 416.
    static readonly string[] Ignored = ["bytes=5-2", "bytes=0-1,5-6", "bytes=", "bytes", "items=0-1", "bytes=a-b", "bytes=--1"];

    [Fact]
    public async Task Conditions_and_ranges_work_as_in_Werkzeug()
    {
        var vectors = new VectorFile("conditional.json", output);

        foreach (var vector in VectorFile.Load("conditional.json").EnumerateArray())
        {
            var expect = vector.GetProperty("expect");
            var key = $"{vector.GetProperty("request")} {vector.GetProperty("response").GetProperty("headers")} {vector.GetProperty("accept_ranges")} {vector.GetProperty("complete_length")}";
            var hasBody = expect.TryGetProperty("body_b64", out var body) && expect.GetProperty("status").GetInt32() != 304;
            var expected = Describe(expect.GetProperty("status").GetInt32(), Headers(expect), hasBody ? body.GetString()! : null);
            vectors.Check(key.ReplaceLineEndings(""), OurRange(vector) ?? expected, await Answer(vector, hasBody));
        }
        vectors.Finish();
    }

    /// <summary>Our answer where it is RFC 9110's, not Werkzeug's; see DEVIATIONS.md.</summary>
    static string? OurRange(JsonElement vector)
    {
        var request = vector.GetProperty("request");
        if (!request.TryGetProperty("HTTP_RANGE", out var range) || !vector.TryGetProperty("body_b64", out var body)) return null;
        var bytes = body.GetBytesFromBase64();
        var isHead = request.GetProperty("REQUEST_METHOD").GetString() == "HEAD";
        var isLater = request.TryGetProperty("HTTP_IF_RANGE", out var condition) && condition.GetString() == "Tue, 15 Nov 1994 12:45:27 GMT";
        return range.GetString() switch
        {
            _ when isHead || isLater => Sent(200, ""),
            "bytes=-0" => $"416 Content-Range: bytes */{bytes.Length}; Content-Type: text/html; charset=utf-8 ",
            "bytes=1-2," => Sent(206, Convert.ToBase64String(bytes.AsSpan(1, 2)), ("Content-Range", $"bytes 1-2/{bytes.Length}")),
            { } ignored when Ignored.Contains(ignored) => Sent(200, Convert.ToBase64String(bytes)),
            _ => null,
        };

        string Sent(int status, string sent, params (string, string)[] more)
        {
            var hasBody = vector.GetProperty("expect").TryGetProperty("body_b64", out _);
            return Describe(status, [.. Headers(vector.GetProperty("response")), ("Accept-Ranges", "bytes"), .. more], hasBody ? isHead ? "" : isLater ? Convert.ToBase64String(bytes) : sent : null);
        }
    }

    static async Task<string> Answer(JsonElement vector, bool hasBody)
    {
        var http = Request(vector.GetProperty("request"));
        var response = Response(vector);
        try
        {
            response.MakeConditional(http, vector.GetProperty("accept_ranges").GetBoolean());
        }
        catch (HttpException error)
        {
            var page = ErrorPage.Of(error);
            return Describe(page.Status, page.Headers.Select(h => ($"{h.Key}", $"{h.Value}")), null);
        }
        var headers = response.Headers.Where(h => h.Key != "Content-Length").Select(h => ($"{h.Key}", $"{h.Value}")).ToArray();
        var sent = hasBody ? Convert.ToBase64String((await Sent.Of(response, http)).Bytes) : null;
        return Describe(response.Status, headers, sent);
    }

    static HttpContext Request(JsonElement environ)
    {
        var http = Sent.Request();
        foreach (var entry in environ.EnumerateObject())
        {
            if (entry.Name == "REQUEST_METHOD") http.Request.Method = entry.Value.GetString()!;
            else http.Request.Headers[entry.Name["HTTP_".Length..].Replace('_', '-')] = entry.Value.GetString();
        }
        return http;
    }

    // Where upstream's caller does not tell the length, ours is a stream that does not know its own.
    static Response Response(JsonElement vector)
    {
        var length = vector.GetProperty("complete_length");
        var response = vector.TryGetProperty("body_b64", out var body) ? new Response(body.GetBytesFromBase64())
            : length.ValueKind == JsonValueKind.Number ? new Response(new byte[length.GetInt32()])
            : new Response(Nothing());
        foreach (var (name, value) in Headers(vector.GetProperty("response"))) response.Headers[name] = value;
        return response;
    }

    static async IAsyncEnumerable<string> Nothing()
    {
        await Task.CompletedTask;
        yield break;
    }

    static IEnumerable<(string Name, string Value)> Headers(JsonElement response) => response.GetProperty("headers").EnumerateArray()
        .Select(h => (h[0].GetString()!, h[1].GetString()!)).Where(h => h.Item1 is not ("Content-Length" or "Date"));

    static string Describe(int status, IEnumerable<(string Name, string Value)> headers, string? body) =>
        $"{status} {string.Join("; ", headers.Where(h => h.Name != "Date").Select(h => $"{h.Name}: {h.Value}").Order())} {body}";
}
