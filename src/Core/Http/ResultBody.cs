using Microsoft.AspNetCore.Http.HttpResults;

namespace Modular;

/// <summary>An answer of ASP.NET's own kind, which writes status, headers and body itself.</summary>
sealed class ResultBody(IResult result) : StreamedBody
{
    /// <summary>The status that it says it will write; 200 when only its run tells.</summary>
    internal int Status { get; } = StatusOf(result) ?? StatusCodes.Status200OK;

    /// <summary>True when a status was set that wins over the result's own.</summary>
    internal bool HasGivenStatus { get; set; }

    internal Task ExecuteAsync(HttpContext http) => result.ExecuteAsync(http);

    internal override Task SendAsync(HttpResponse target, CancellationToken cancellation) => ExecuteAsync(target.HttpContext);

    static int? StatusOf(IResult result) => result switch
    {
        INestedHttpResult nested => StatusOf(nested.Result),
        IStatusCodeHttpResult { StatusCode: { } status } => status,
        RedirectHttpResult redirect => Redirect(redirect.Permanent, redirect.PreserveMethod),
        RedirectToRouteHttpResult redirect => Redirect(redirect.Permanent, redirect.PreserveMethod),
        _ => null,
    };

    static int Redirect(bool isPermanent, bool preservesMethod) => (isPermanent, preservesMethod) switch
    {
        (false, false) => StatusCodes.Status302Found,
        (true, false) => StatusCodes.Status301MovedPermanently,
        (false, true) => StatusCodes.Status307TemporaryRedirect,
        (true, true) => StatusCodes.Status308PermanentRedirect,
    };
}
