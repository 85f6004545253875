using System.Text.RegularExpressions;
using Modular.Testing;

namespace Modular.Docs.Tests;

/// <summary>Runs the quickstart's snippets and sends the requests below each of them.</summary>
[Trait("category", "docs")]
public sealed partial class QuickstartTests
{
    const string Page = "docs/quickstart.md";

    static readonly IReadOnlyList<Snippet> All = [.. Snippet.Of(Page)];

    // As the page says, the key of sessions comes from here.
    static QuickstartTests() => Environment.SetEnvironmentVariable("MODULAR_SECRET_KEY", "0123456789abcdef0123456789abcdef");

    public static TheoryData<int> Lines => [.. All.Select(snippet => snippet.Line)];

    /// <summary>One line of a console block: <c>POST /login username=Ada    302 /</c>. Two blanks separate the request from the response.</summary>
    sealed record Exchange(string Method, string Path, string Sent, string Answer);

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Each_snippet_of_the_quickstart_responds_as_the_page_says(int line)
    {
        var snippet = All.Single(snippet => snippet.Line == line);
        var exchanges = Exchanges(snippet);
        Assert.True(exchanges.Count > 0, $"No console block stands below {snippet}.");

        await using var client = SnippetCompiler.Load(snippet).TestClient(new() { PropagateExceptions = false });

        foreach (var exchange in exchanges)
        {
            var response = await client.SendAsync(exchange.Method, exchange.Path, Request(exchange.Sent));
            Assert.True(Fits(response, exchange.Answer), $"{snippet}: {exchange.Method} {exchange.Path} gave {response.Status} {response.Headers.Location} \"{response.Text}\", and not \"{exchange.Answer}\".");
        }
    }

    // Fields, a file as curl writes it, or JSON.
    static TestRequest? Request(string sent) =>
        sent is "" ? null
        : sent[0] is '[' or '{' ? new() { Body = System.Text.Encoding.UTF8.GetBytes(sent), ContentType = "application/json" }
        : sent.Split("=@") is [var field, var file] ? new()
        {
            Body = System.Text.Encoding.ASCII.GetBytes($"--B\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file}\"\r\n\r\nbytes\r\n--B--\r\n"), ContentType = "multipart/form-data; boundary=B",
        }
        : new() { Form = [.. sent.Split(' ').Select(pair => pair.Split('=')).Select(pair => (pair[0], pair[1]))] };

    static bool Fits(TestResponse response, string answer)
    {
        var status = StatusFirst().Match(answer);
        if ((status.Success ? int.Parse(status.Groups[1].ValueSpan) : 200) != response.Status) return false;
        var rest = answer[status.Length..];
        if (response.Status is >= 300 and < 400) return new Uri(new Uri("http://localhost/"), response.Headers.Location.ToString()).PathAndQuery == rest;
        if (status.Success && rest.Length == 0) return true;
        return rest.StartsWith('…') ? response.Text.Contains(rest.Trim('…'), StringComparison.Ordinal) : response.Text.Trim() == rest;
    }

    static List<Exchange> Exchanges(Snippet snippet)
    {
        var lines = Repository.Read(Page).Split('\n');
        var start = Array.FindIndex(lines, snippet.Line, line => line.StartsWith("```", StringComparison.Ordinal));
        var block = Array.FindIndex(lines, start + 1, line => line.StartsWith("```", StringComparison.Ordinal));
        if (block < 0 || lines[block] != "```console") return [];
        return [.. lines[(block + 1)..].TakeWhile(line => line != "```").Select(line => ExchangeLine().Match(line)).Select(match =>
            new Exchange(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value))];
    }

    [GeneratedRegex("^([A-Z]+) (\\S+)(?: (\\S+(?: \\S+)*))?  +(.*)$")]
    private static partial Regex ExchangeLine();

    [GeneratedRegex("^(\\d{3})(?: |$)")]
    private static partial Regex StatusFirst();
}
