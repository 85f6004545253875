using System.Text.Json.Nodes;

namespace Modular;

/// <summary>The "black and white" page of an HTTP error.</summary>
static class ErrorPage
{
    const string ProblemType = "application/problem+json";
    static readonly byte[]?[] UsualPages = new byte[]?[1000];

    /// <summary>The page of a status with nothing to add, from prepared bytes.</summary>
    internal static Response Usual(int status) =>
        new Response(UsualPages[status] ??= Encoding.UTF8.GetBytes(Html(new HttpException(status))), status).AsDefaultPage();

    /// <summary>The response that the error carries, or a page with its name, description and headers.</summary>
    internal static Response Of(HttpException error)
    {
        if (error.Response is { } response) return response;
        var page = error.IsUsual ? Usual(error.Status) : new Response(Html(error), error.Status).AsDefaultPage();
        if (error.HasHeaders)
            foreach (var (name, value) in error.Headers) page.Headers[name] = value;
        return page;
    }

    /// <summary>As <see cref="Of(HttpException)"/>, but as problem+json for a client that prefers JSON to HTML; caches are told that it depends.</summary>
    internal static Response Of(HttpException error, AcceptHeader accept)
    {
        var page = Of(error);
        if (error.Response is not null) return page;
        page.Headers.Vary = "Accept";
        return accept.Best("text/html", ProblemType, "application/json") is null or "text/html" ? page : AsProblem(page, error);
    }

    /// <summary>The response that the error carries, or its name, description and headers as problem+json.</summary>
    internal static Response Problem(HttpException error) => error.Response ?? AsProblem(Of(error), error);

    static Response AsProblem(Response page, HttpException error)
    {
        page.Text = new JsonObject { ["title"] = error.Name, ["status"] = error.Status, ["detail"] = error.Description.StripTags() }.ToJsonString();
        page.ContentType = ProblemType;
        return page;
    }

    static string Html(HttpException error)
    {
        var name = Markup.Escape(HttpStatus.ReasonPhrase(error.Status)).ToString();
        var description = error.Description.ToString().Replace("\n", "<br>", StringComparison.Ordinal);
        return $"<!doctype html>\n<html lang=en>\n<meta name=viewport content=\"width=device-width\">\n<meta name=color-scheme content=\"light dark\">\n<title>{error.Status} {name}</title>\n<h1>{name}</h1>\n<p>{description}</p>\n";
    }
}
