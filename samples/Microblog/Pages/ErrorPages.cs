namespace Microblog.Pages;

/// <summary>Errors in the site's own layout. One handler is enough: what an error says of itself is known to templates.</summary>
static class ErrorPages
{
    internal static void AddTo(ModularApp app) => app.ErrorHandler<HttpException>(Show);

    static Response Show(HttpException error)
    {
        var response = error.ToResponse();           // with its status and headers
        response.Text = $"{RenderTemplate("error.html", ("error", error), ("hint", Hint(error.Status)))}";
        return response;
    }

    static string Hint(int status) => status switch
    {
        400 => "The form was not sent as this page sends it. Go back, and try again.",
        403 => "You may not do this, or the request came from another site.",
        404 => "Perhaps it was deleted, or the address has a slip in it.",
        405 => "This address is there, but not for this kind of request.",
        413 => $"Pictures may have {Pictures.MaxBytes / 1_000_000} megabytes. Go back: your text is still there. Then choose a smaller one.",
        415 => "Pictures may be PNG, JPEG, GIF or WebP files.",
        503 => "Something that this site needs does not answer right now. Please try again in a minute.",
        >= 500 => "This is our fault, and has been written down. Please try again later.",
        _ => "Go back, and try again.",
    };
}
