namespace Modular;

/// <summary>Ends the request with an HTTP error: thrown by <c>Abort</c>, by routing, and by reading a malformed request.</summary>
/// <remarks>An error handler for its <see cref="Status"/> or its type handles it. The default is an error page.</remarks>
public class HttpException : Exception
{
    readonly string? _plain;

    /// <summary>An error with a description in plain text.</summary>
    /// <param name="description">Shown to the visitor, escaped. Null: the standard sentence for the status code.</param>
    /// <param name="inner">The cause. It is logged, never shown.</param>
    public HttpException(int status, string? description = null, Exception? inner = null) : base(null, inner) =>
        (Status, _plain) = (status, description);

    /// <summary>An error with a description in HTML, which isn't escaped.</summary>
    public HttpException(int status, Markup description) => (Status, _plain, Description) = (status, description.ToString(), description);

    /// <summary>Ends the request with this response. Error handlers don't run.</summary>
    public HttpException(Response response) => (Status, Description, Response) = (response.Status, Markup.Empty, response);

    /// <summary>For the log: the status, its name and the description.</summary>
    public override string Message => $"{Status} {Name}: {_plain ?? HttpStatus.Description(Status)}";

    /// <summary>The status code's name, such as <c>Not Found</c>; Flask's <c>name</c>.</summary>
    public string Name => HttpStatus.ReasonPhrase(Status);

    /// <summary>The status code of the response.</summary>
    public int Status { get; }

    /// <summary>The text for the visitor, as HTML. Line feeds become <c>&lt;br&gt;</c> on the default page.</summary>
    public Markup Description { get => field ??= Markup.Escape(_plain ?? HttpStatus.Description(Status)); }

    /// <summary>Headers of the response: <c>Allow</c> of a 405, <c>Retry-After</c> of a 503.</summary>
    public IHeaderDictionary Headers => SetHeaders ??= Allow is null ? [] : new() { [HeaderNames.Allow] = Allow };

    /// <summary>The response that the request was aborted with, sent instead of a page. Null without one.</summary>
    public Response? Response { get; }

    internal bool IsUsual => _plain is null;
    internal string? Allow { get; init; }                             // of a 405 of routing, which needs no dictionary for it
    internal HeaderDictionary? SetHeaders { get; private set; }       // null when no one asked for them

    /// <summary>The default page of the error: Flask's <c>get_response()</c>.</summary>
    public Response ToResponse() => ErrorPage.Of(this);

    /// <summary>The same as <c>application/problem+json</c> (RFC 9457): for the error handler of an API.</summary>
    public Response ToProblem() => ErrorPage.Problem(this);
}
