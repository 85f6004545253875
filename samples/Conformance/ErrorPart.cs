namespace Conformance;

/// <summary>An application error with a status.</summary>
class AppError(string message, int status) : Exception(message)
{
    internal int Status { get; } = status;
}

sealed class SpecialAppError(string message, int status) : AppError(message, status);

/// <summary>An error without a handler.</summary>
sealed class BoomError(string message) : Exception(message);

static class ErrorPart
{
    internal const string Secret = "secret-detail-7c1f";

    internal static void AddTo(ModularApp app)
    {
        app.Route("/resp/app-error", string () => throw new AppError("bad thing", 422), endpoint: "resp_app_error");
        app.Route("/resp/special-app-error", string () => throw new SpecialAppError("special", 424), endpoint: "resp_special_app_error");
        app.Route("/resp/boom", string () => throw new BoomError(Secret), endpoint: "resp_boom");
        app.Route("/resp/key-error", () => new Dictionary<string, string>()["plain-dict-key"], endpoint: "resp_key_error");

        app.ErrorHandler(404, () => (RenderTemplate("page_not_found.html"), 404));
        app.ErrorHandler(418, (HttpException error) => ("custom teapot", 418, new Dictionary<string, string> { ["X-Teapot"] = "1" }));
        app.ErrorHandler(410, () => "gone but answered 200");
        app.ErrorHandler<AppError>((AppError error) => (new { error = error.Message }, error.Status));
        app.ErrorHandler(500, (HttpException error) => (error.InnerException is null ? "custom 500: aborted" : "custom 500: unhandled", 500));
    }
}
