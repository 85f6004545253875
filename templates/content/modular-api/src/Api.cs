using Microsoft.AspNetCore.Authentication;

/// <summary>Creates the application for the program and its tests.</summary>
public static class Api
{
    public static ModularApp Create(params string[] args)
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.UseCli(args);
        app.Command(ApiKeys.NewKeyCommand());

        // Every error is application/problem+json: of a view, of the authentication, a path without a rule, an unhandled exception.
        app.ErrorHandler<HttpException>(error => error.ToProblem());

        app.Services.AddAuthentication(ApiKeys.Scheme).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeys.Scheme, null);
        app.Services.AddAuthorization();
        app.UseMiddleware(asp => asp.UseAuthentication().UseAuthorization());

        app.Services.AddSingleton<NoteStore>();
        app.Register(Notes.Blueprint());
        app.UseOpenApiDocument("/openapi.json");
        return app;
    }
}
