using System.Text.Json;

namespace Modular.Tests.Scenarios;

public sealed class ErrorScenarioTests(ITestOutputHelper output)
{
    [Fact]
    public Task Error_handlers_are_chosen_as_in_flask() => new ScenarioRun("errorhandlers", Handling).Run(output);

    [Fact]
    public Task An_exception_shows_flasks_page() => new ScenarioRun("500-default", Failing).Run(output);

    [Theory]
    [InlineData("{\"PROPAGATE_EXCEPTIONS\": true}")]
    [InlineData("{\"TESTING\": true}")]
    [InlineData("{\"PROPAGATE_EXCEPTIONS\": false, \"TESTING\": true}")]
    [InlineData("{\"TRAP_HTTP_EXCEPTIONS\": true}")]
    [InlineData("{\"TRAP_BAD_REQUEST_ERRORS\": true}")]
    [InlineData("{\"TRAP_BAD_REQUEST_ERRORS\": true, \"TESTING\": true}")]
    [InlineData("{\"TRAP_HTTP_EXCEPTIONS\": true, \"TESTING\": true}")]
    public Task Settings_decide_which_errors_are_thrown_on_as_in_flask(string config)
    {
        using var settings = JsonDocument.Parse(config);
        var (propagates, testing) = (Flag("PROPAGATE_EXCEPTIONS"), Flag("TESTING"));
        var options = new ModularOptions { TrapHttpExceptions = Flag("TRAP_HTTP_EXCEPTIONS") ?? false, TrapBadRequestErrors = Flag("TRAP_BAD_REQUEST_ERRORS") };

        return new ScenarioRun($"config:{config}", App)
        {
            Client = new() { PropagateExceptions = testing ?? false },
            Deviations = new Dictionary<string, (string, string)>(
                testing is true && (options.TrapHttpExceptions || options.TrapBadRequestErrors is true) ? [KeyValuePair.Create("GET /key", MissingKey)] : []),
        }.Run(output);

        bool? Flag(string name) => settings.RootElement.TryGetProperty(name, out var value) ? value.GetBoolean() : null;

        ModularApp App()
        {
            var app = new ModularApp(options) { PropagatesExceptions = propagates };
            app.Route("/", string () => throw new DivideByZeroException("division by zero"));
            app.Route("/abort", () => Abort(403));
            app.Route("/key", () => Current.Request.Form["x"]);
            return app;
        }
    }

    static readonly (string Answer, string Reason) MissingKey = (
        "raises BadRequestKeyError: Request.Form has no value named \"x\". Read it with Request.Form.Find(\"x\") if it may be missing.",
        "the message names the dictionary and the remedy");

    static ModularApp Failing()
    {
        var app = new ModularApp();
        app.Route("/", string () => throw new DivideByZeroException());
        return app;
    }

    static ModularApp Handling()
    {
        var (app, blueprint) = (new ModularApp(), new Blueprint("bp", "/bp"));
        app.ErrorHandler(404, error => ($"app404:{error.Description.ToString()[..12]}", 404));
        app.ErrorHandler<MyError>(_ => ("myerr", 400));
        app.ErrorHandler<HttpException>(error => ($"http:{error.Status}", error.Status));
        app.ErrorHandler(500, error => ($"500:InternalServerError:{PythonName(error.InnerException)}", 500));
        app.ErrorHandler(403, () => "forbidden-200");
        app.AfterRequest(response => response.Headers["X-After"] = "1");
        blueprint.ErrorHandler(404, () => ("bp404", 404));
        blueprint.ErrorHandler<SubError>(_ => ("bp-sub", 418));
        foreach (var group in new RouteGroup[] { app, blueprint })
        {
            group.Route("/my", string () => throw new MyError());
            group.Route("/sub", string () => throw new SubError());
            group.Route("/zero", string () => throw new DivideByZeroException());
            group.Route("/forbidden", () => Abort(403));
            group.Route("/nf", () => Abort(404));
            group.Route("/ise", () => Abort(500));
            group.Route("/a410", () => Abort(410));
            group.Route("/key", () => new Dictionary<string, string>()["missing"]);
        }
        app.Register(blueprint);
        return app;
    }

    static string PythonName(Exception? error) => error switch
    {
        null => "NoneType",
        DivideByZeroException => "ZeroDivisionError",
        KeyNotFoundException => "KeyError",
        _ => error.GetType().Name,
    };

    class MyError : Exception;

    sealed class SubError : MyError;
}
