using System.Text.Json;

namespace Modular.Tests.Scenarios;

public sealed class UploadScenarioTests(ITestOutputHelper output)
{
    const string NotANumber = "RFC 8259 has no NaN, and System.Text.Json follows it";
    const string Named = "a JSON body that doesn't fit says what is wrong with it; Flask says so in debug only";
    const string Malformed = "The JSON body is malformed, or nested too deeply, at line 1, byte 7.";

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"MAX_CONTENT_LENGTH\": 64}")]
    [InlineData("{\"MAX_FORM_PARTS\": 1}")]
    [InlineData("{\"MAX_FORM_MEMORY_SIZE\": 16}")]
    public Task Bodies_are_read_within_the_limits_as_in_flask(string config)
    {
        using var settings = JsonDocument.Parse(config);
        var limits = new BodyLimits();
        foreach (var setting in settings.RootElement.EnumerateObject()) limits = Of(setting.Name, setting.Value.GetInt32());

        return new ScenarioRun($"uploads:{config}", () => App(limits))
        {
            FilesBelongTo = "Modular.Uploads",
            Deviations = new Dictionary<string, (string, string)>
            {
                ["POST /json {\"a\": NaN} application/json"] = (BadRequest(Malformed), NotANumber),
                ["POST /json {\"a\":  application/json"] = (BadRequest(Malformed), Named),
                ["POST /json application/json"] = (BadRequest("The JSON body is empty. Send a JSON value."), Named),
                ["POST /json \"\u00ff\" application/json"] = (BadRequest("The JSON body is not UTF-8. Send it as UTF-8."), Named),
            },
        }.Run(output);
    }

    static BodyLimits Of(string name, int value) => name switch
    {
        "MAX_CONTENT_LENGTH" => new() { MaxContentLength = value },
        "MAX_FORM_PARTS" => new(),      // of multipart forms, which Modular.Uploads reads
        "MAX_FORM_MEMORY_SIZE" => new() { MaxFormMemorySize = value },
        _ => throw new ArgumentException($"There is no setting {name}.", nameof(name)),
    };

    static ModularApp App(BodyLimits limits)
    {
        var app = new ModularApp(new() { Limits = limits });
        app.Post("/up", () => new { files = new Dictionary<string, string>(), form = Current.Request.Form.Keys.ToDictionary(name => name, Current.Request.Form.GetAll) });
        app.Post("/raw", () => new Response(Current.Request.Data));
        app.Post("/ignore", () => "ignored");
        app.Post("/json", () => Json(Current.Request.GetJson()));
        app.Post("/jsonsilent", () => Json(Current.Request.GetJson(silent: true)));
        app.Post("/jsonforce", () => Json(Current.Request.GetJson(force: true)));
        return app;
    }

    static string BadRequest(string description)
    {
        var page = "<!doctype html>\n<html lang=en>\n<meta name=viewport content=\"width=device-width\">\n<meta name=color-scheme content=\"light dark\">\n"
            + $"<title>400 Bad Request</title>\n<h1>Bad Request</h1>\n<p>{description}</p>\n";
        return ScenarioAnswer.Of(400, [("Content-Length", $"{page.Length}"), ("Content-Type", "text/html; charset=utf-8")], System.Text.Encoding.UTF8.GetBytes(page));
    }
}
