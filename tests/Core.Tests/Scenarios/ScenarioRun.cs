using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;

namespace Modular.Tests.Scenarios;

/// <summary>Sends the exchanges of one application of flask_scenarios.json to ours, and holds each answer against Flask's.</summary>
/// <param name="name">The scenario's name in the file.</param>
/// <param name="make">Makes the application, again for each host that the exchanges name.</param>
sealed class ScenarioRun(string name, Func<ModularApp> make)
{
    readonly Dictionary<string, TestClient> _clients = [];
    string _etag = "";

    /// <summary>How the client is made. Its base URL is each exchange's own.</summary>
    internal TestClientOptions Client { get; init; } = new() { PropagateExceptions = false };

    /// <summary>Our answers where they differ, and why, by the exchange's key.</summary>
    internal IReadOnlyDictionary<string, (string Answer, string Reason)>? Deviations { get; init; }

    /// <summary>The package that exchanges with files wait for; they are not sent.</summary>
    internal string? FilesBelongTo { get; init; }

    internal static JsonElement Load(string name)
    {
        var scenarios = VectorFile.Load("flask_scenarios.json");
        return scenarios.EnumerateArray().Single(scenario => scenario.GetProperty("name").GetString() == name)
            .GetProperty("exchanges").Clone();
    }

    internal async Task Run(ITestOutputHelper output)
    {
        var report = new VectorFile($"flask_scenarios.json, {name}", output, Deviations);
        try
        {
            foreach (var exchange in Load(name).EnumerateArray())
            {
                var (request, expect) = (new ScenarioRequest(exchange.GetProperty("request")), exchange.GetProperty("expect"));
                if (FilesBelongTo is not null && request.HasFile) output.WriteLine($"left to {FilesBelongTo}: {request.Key}");
                else report.Check(request.Key, ScenarioAnswer.Expected(expect), await Answer(request));
            }
        }
        finally
        {
            foreach (var client in _clients.Values) await client.DisposeAsync();
        }
        report.Finish();
    }

    async Task<string> Answer(ScenarioRequest request)
    {
        try
        {
            if (request.HasNul) return await AnswerOverSocket(request);
            var response = await ClientOf(request.BaseUrl).SendAsync(request.Method, request.Path, request.ForClient(_etag));
            // Later exchanges send back the tag that was got first.
            if (_etag.Length == 0) _etag = response.Headers.ETag.ToString();
            return ScenarioAnswer.Of(response.Status, response.Headers.Select(header => (header.Key, header.Value.ToString())), response.Data.Span);
        }
        catch (Exception error) when (ScenarioAnswer.PythonName(error) is not null)
        {
            return ScenarioAnswer.Raised(error);
        }
    }

    // Exceptions are what some of the scenarios are about, so the console is spared.
    ModularApp Make()
    {
        var app = make();
        app.Services.AddSingleton<ILoggerProvider>(new LogLines());
        return app;
    }

    TestClient ClientOf(string? baseUrl) => _clients.TryGetValue(baseUrl ?? "", out var known) ? known
        : _clients[baseUrl ?? ""] = Make().TestClient(baseUrl is null ? Client : Client with { BaseUrl = baseUrl });

    async Task<string> AnswerOverSocket(ScenarioRequest request)
    {
        await using var host = Make().Build(builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0)));
        await host.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(request.Method), host.Urls.First() + request.Path));
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Where(header => header.Key != "Date");
        return ScenarioAnswer.Of(
            (int)response.StatusCode, headers.Select(header => (header.Key, header.Value.ToString())), await response.Content.ReadAsByteArrayAsync());
    }
}
