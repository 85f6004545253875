using System.Text.Json;

namespace Modular.Tests;

public class RedirectVectorTests(ITestOutputHelper output)
{
    [Fact]
    public void Redirects_are_those_of_Flask()
    {
        var vectors = new VectorFile("redirect.json", output,
            ("status without a code", "302", "302 in every Flask release so far; 303 only in the coming 3.2"));

        foreach (var vector in VectorFile.Load("redirect.json").EnumerateArray())
        {
            var args = vector.GetProperty("args");
            if (!args.TryGetProperty("location", out var location)) continue;
            var hasCode = args.TryGetProperty("code", out var code);
            var expect = vector.GetProperty("expect").GetProperty("value");

            var response = hasCode ? Redirects.To(location.GetString()!, code.GetInt32()) : Redirects.To(location.GetString()!);

            vectors.Check(hasCode ? $"status {args}" : "status without a code", expect.GetProperty("status").GetString()![..3], $"{response.Status}");
            vectors.Check($"headers {args}", Headers(expect), string.Join('\n', response.Headers.Select(h => $"{h.Key}: {h.Value}").Order()));
            vectors.Check($"body {args}", expect.GetProperty("body").GetString()!, response.Text!);
        }
        vectors.Finish();
    }

    static string Headers(JsonElement expect) => string.Join('\n', expect.GetProperty("headers").EnumerateArray()
        .Where(h => h[0].GetString() != "Content-Length").Select(h => $"{h[0]}: {h[1]}").Order());
}
