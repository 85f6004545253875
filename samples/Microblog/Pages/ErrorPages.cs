using Microblog.Data;

namespace Microblog.Pages;

/// <summary>Error pages in the site's layout. One handler is enough, because templates can read the error.</summary>
static class ErrorPages
{
    internal static void AddTo(ModularApp app) => app.ErrorHandler<HttpException>(Show);

    static async Task<Response> Show(HttpException error)
    {
        // Not loaded yet when a plugin refused the request. After a server error, loading may be what failed.
        if (error.Status < 500) await Current.UserAsync<User>();
        var response = error.ToResponse();           // keeps the status and headers
        response.Text = $"{RenderTemplate("error.html", ("error", error), ("hint", error is CsrfException ? "Nothing was changed." : Hint(error.Status)))}";
        return response;
    }

    static string Hint(int status) => status switch
    {
        400 => "The form was incomplete or invalid. Go back and try again.",
        403 => "You don't have permission.",
        404 => "The page may have been deleted, or the address is wrong.",
        405 => "This address doesn't support this kind of request.",
        413 => $"A picture can have at most {Pictures.MaxBytes / 1_000_000} megabytes. Go back, where your text is still there, and choose a smaller one.",
        415 => "A picture must be a PNG, JPEG, GIF or WebP file.",
        503 => "A service that this site needs is unavailable. Please try again in a minute.",
        >= 500 => "An error occurred and was logged. Please try again later.",
        _ => "Go back and try again.",
    };
}
