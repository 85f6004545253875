using Microsoft.AspNetCore.Antiforgery;

namespace Modular;

/// <summary>Metadata that only a middleware can enforce must not be passed over in silence when that middleware is missing, as ASP.NET's own endpoints see to.</summary>
static class Guards
{
    // The marks that ASP.NET's middleware leaves when it has looked at an endpoint.
    const string Authorized = "__AuthorizationMiddlewareWithEndpointInvoked";
    const string Antiforgery = "__AntiforgeryMiddlewareWithEndpointInvoked";
    const string Cors = "__CorsMiddlewareWithEndpointInvoked";

    static readonly string[] Marks = [Authorized, Antiforgery, Cors];

    internal static void Check(HttpContext http, ViewEndpoint target)
    {
        if (target.NeedsAuthorization && !http.Items.ContainsKey(Authorized)) throw new ModularException(
            $"Endpoint \"{target.Name}\" asks for authorization, but no middleware checks it. Write app.Use(asp => asp.UseAuthorization()).");
        if (target.NeedsCors && !http.Items.ContainsKey(Cors)) throw new ModularException(
            $"Endpoint \"{target.Name}\" asks for a CORS policy, but no middleware applies it. Write app.Use(asp => asp.UseCors()).");
        if (target.NeedsAntiforgery) CheckAntiforgery(http, target);
    }

    internal static void Forget(HttpContext http)
    {
        foreach (var mark in Marks) http.Items.Remove(mark);
    }

    // The middleware only notes what it found; whoever reads the form has to refuse.
    static void CheckAntiforgery(HttpContext http, ViewEndpoint target)
    {
        if (!http.Items.ContainsKey(Antiforgery)) throw new ModularException(
            $"Endpoint \"{target.Name}\" asks for an antiforgery token, but no middleware checks it. Write app.Use(asp => asp.UseAntiforgery()).");
        if (http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } found) throw new HttpException(400, inner: found.Error);
    }
}
