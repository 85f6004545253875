using Microsoft.AspNetCore.Http;

namespace Modular.Csrf;

/// <summary>A request that was refused, with status 400. Handle it with <c>app.ErrorHandler&lt;CsrfException&gt;(…)</c>.</summary>
/// <example><code>
/// app.ErrorHandler&lt;CsrfException&gt;(error => (RenderTemplate("csrf_error.html", ("reason", error.Description)), 400));
/// </code></example>
public sealed class CsrfException : HttpException
{
    internal CsrfException(CsrfReason reason) : base(StatusCodes.Status400BadRequest, Text(reason)) => Reason = reason;

    /// <summary>Why the request was refused.</summary>
    public CsrfReason Reason { get; }

    static string Text(CsrfReason reason) => reason switch
    {
        CsrfReason.TokenMissing => "The CSRF token is missing. Go back, reload the page and send the form again.",
        CsrfReason.TokenExpired => "The CSRF token has expired. Go back, reload the page and send the form again.",
        CsrfReason.TokenInvalid => "The CSRF token is invalid. Go back, reload the page and send the form again.",
        CsrfReason.SessionMissing => "The CSRF token can't be checked, because the session has ended or the browser sent no cookie for it." +
            " Allow cookies, go back, reload the page and send the form again.",
        _ => "A page of another site sent this request. Open the form on this site, and send it from there.",
    };
}
