namespace Modular;

/// <summary>The "black and white" page of an HTTP error.</summary>
static class ErrorPage
{
    /// <summary>The response that the error carries, or a page with its name, description and headers.</summary>
    internal static Response Of(HttpException error)
    {
        if (error.Response is { } response) return response;
        var page = new Response(Html(error), error.Status);
        if (error.HasHeaders)
            foreach (var (name, value) in error.Headers) page.Headers[name] = value;
        return page;
    }

    static string Html(HttpException error)
    {
        var name = Markup.Escape(HttpStatus.ReasonPhrase(error.Status)).ToString();
        var description = error.Description.ToString().Replace("\n", "<br>", StringComparison.Ordinal);
        return $"<!doctype html>\n<html lang=en>\n<title>{error.Status} {name}</title>\n<h1>{name}</h1>\n<p>{description}</p>\n";
    }
}
