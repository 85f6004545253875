using System.Globalization;
using System.Text.Json;

namespace Modular.Tests;

public class ErrorVectorTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Error_pages_are_those_of_Flask()
    {
        var vectors = new VectorFile("http_errors.json", output);

        foreach (var vector in VectorFile.Load("http_errors.json").EnumerateArray())
        {
            var expect = vector.GetProperty("expect");
            var key = (vector.TryGetProperty("abort", out var abort) ? $"abort {abort}" : $"raise {vector.GetProperty("raise")}")
                + (vector.TryGetProperty("kwargs", out var kwargs) ? $" {kwargs}" : "");
            var status = abort.ValueKind == JsonValueKind.Number ? abort.GetInt32() : 0;
            if (expect.TryGetProperty("raises", out _))
            {
                vectors.Check(key, "False", HttpStatus.IsError(status).ToString());
                continue;
            }
            var sent = await Sent.Of(ErrorPage.Of(Error(vector, status)));
            vectors.Check(key, Describe(expect), Describe(sent));
        }
        vectors.Finish();
    }

    static HttpException Error(JsonElement vector, int status)
    {
        if (status == 0 && vector.TryGetProperty("abort", out _)) return new HttpException(new Response("custom", 418));
        if (vector.TryGetProperty("kwargs", out var kwargs))
        {
            var description = kwargs.GetProperty("description");
            return description.ValueKind == JsonValueKind.String
                ? new HttpException(status, description.GetString())
                : new HttpException(status, new Markup(description.GetProperty("$markup").GetString()!));
        }
        return status != 0 ? new HttpException(status) : vector.GetProperty("raise").GetString() switch
        {
            "416-none" => new HttpException(416),
            "429-int" => new HttpException(429) { Headers = { RetryAfter = "20" } },
            "503-dt" => new HttpException(503) { Headers = { RetryAfter = "Sat, 04 Jan 2020 18:52:16 GMT" } },
            "401-basic" => new HttpException(401) { Headers = { WWWAuthenticate = "Basic realm=test" } },
            var name => throw new InvalidOperationException(name),
        };
    }

    static string Describe(JsonElement expect) => string.Join('\n',
        [expect.GetProperty("status").GetString(), .. expect.GetProperty("headers").EnumerateArray().Select(h => $"{h[0]}: {h[1]}").Order(), expect.GetProperty("body").GetString()]);

    static string Describe(Sent sent) => string.Join('\n',
        [string.Create(CultureInfo.InvariantCulture, $"{sent.Status} {HttpStatus.ReasonPhrase(sent.Status)}"), .. sent.Headers.Select(h => $"{h.Key}: {h.Value}").Order(), sent.Body]);
}
