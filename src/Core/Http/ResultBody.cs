namespace Modular;

/// <summary>An answer of ASP.NET's own kind, which writes status, headers and body itself.</summary>
sealed class ResultBody(IResult result) : StreamedBody
{
    internal override bool WritesHead => true;

    internal override Task SendAsync(HttpResponse target, CancellationToken cancellation) => result.ExecuteAsync(target.HttpContext);
}
