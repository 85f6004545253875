namespace Modular;

/// <summary>An answer of ASP.NET's own kind, which writes status, headers and body itself.</summary>
sealed class ResultBody(IResult result) : StreamedBody
{
    internal override bool WritesHead => true;

    internal override Task SendAsync(HttpResponse target, CancellationToken cancellation)
    {
        // It writes its body whatever the method is; not every server drops it.
        if (HttpMethods.IsHead(target.HttpContext.Request.Method)) target.Body = Stream.Null;
        return result.ExecuteAsync(target.HttpContext);
    }
}
