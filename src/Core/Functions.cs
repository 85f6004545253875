namespace Modular;

/// <summary>Functions for views, in scope without a prefix: <c>Redirect(…)</c>, <c>Abort(404)</c>, <c>UrlFor(…)</c>.</summary>
public static partial class Functions
{
    /// <summary>A redirect to another URL.</summary>
    /// <param name="location">A URL or a path; non-ASCII characters are percent-encoded.</param>
    /// <param name="status">301, 302, 303, 305, 307 or 308. Default 302.</param>
    public static Response Redirect(string location, int status = 302) => Redirects.To(location, status);

    /// <summary>Ends the request with an HTTP error.</summary>
    /// <param name="status">400 to 599, of those that HTTP defines.</param>
    /// <param name="description">The text on the page. Null: the standard sentence for the status code.</param>
    /// <returns>Never. The return type allows <c>found ?? Abort(404)</c> in a view.</returns>
    [DoesNotReturn]
    public static Response Abort(int status, string? description = null) =>
        throw (HttpStatus.IsError(status) ? new HttpException(status, description) : new ModularException(
            $"{status.ToString(CultureInfo.InvariantCulture)} isn't an HTTP error. "
            + "Write a status such as 404, or Abort(new Response(…))."));

    /// <summary>Ends the request with a response as it is.</summary>
    [DoesNotReturn]
    public static Response Abort(Response response) => throw new HttpException(response);

    /// <summary>Converts anything that a view may return to a response, to add headers and cookies to it.</summary>
    public static Response MakeResponse(object? body = null, int? status = null)
    {
        var response = body is null ? new Response() : Converter.Convert(Current.Context, body);
        if (status is { } given) response.Status = given;
        return response;
    }

    /// <summary>Sends a file. Its name gives its type. Conditional and range requests are supported.</summary>
    /// <param name="path">Relative to the root path, or absolute. Trusted; for a client's name use <see cref="SendFromDirectory"/>.</param>
    public static Response SendFile(string path, SendFileOptions? options = null) =>
        Response.File(Current.Request.Http, Path.Combine(Current.App.Options.RootPath, path), FileOptions(options));

    /// <summary>As <see cref="SendFile(string, SendFileOptions?)"/>, from a stream, which is disposed of after it has been sent.</summary>
    public static Response SendFile(Stream stream, SendFileOptions options) =>
        Response.File(Current.Request.Http, stream, FileOptions(options));

    /// <summary>Sends a file from a folder, by a name from a client.</summary>
    /// <param name="folder">Trusted. Relative to the root path, or absolute.</param>
    /// <param name="name">Not trusted: a name that leads out of the folder is a 404.</param>
    /// <exception cref="HttpException">404: the folder has no such file.</exception>
    public static Response SendFromDirectory(string folder, string name, SendFileOptions? options = null) =>
        Response.FileIn(Path.Combine(Current.App.Options.RootPath, folder), Current.Request.Http, name, FileOptions(options));

    /// <summary>An object as JSON, written with the application's options.</summary>
    public static Response Json(object? value, int status = 200)
    {
        var response = Converter.Json(value);
        response.Status = status;
        return response;
    }

    /// <summary>Text with <c>&amp; &lt; &gt; ' "</c> escaped. Markup isn't changed.</summary>
    public static Markup Escape(object? value) => Markup.Escape(value);

    /// <summary>A page from an interpolated string with escaped values: <c>Html($"&lt;h1&gt;{name}&lt;/h1&gt;")</c>.</summary>
    [OverloadResolutionPriority(1)]
    public static Markup Html(ref MarkupHandler html) => html.ToMarkup();

    /// <summary>Not allowed, because a string doesn't say which of its parts are already escaped.</summary>
    [Obsolete("Html takes one interpolated string and escapes its values. "
        + "Write Html($\"…{value}…\"), or new Markup(text) for HTML that you trust.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Markup Html(string text) => throw new NotSupportedException(text);

    /// <summary>The URL of an endpoint; inside a request, relative to the host. Other values become the query.</summary>
    /// <param name="endpoint">Its name; <c>.show</c> is one of the current blueprint.</param>
    /// <param name="values">Names and values; null values are left out.</param>
    /// <exception cref="UrlBuildException">There is no such endpoint, or a value is missing.</exception>
    public static string UrlFor(string endpoint, params ReadOnlySpan<(string Name, object? Value)> values) =>
        UrlFor(endpoint, DefaultOptions, values);

    /// <summary>The URL of an endpoint, with values from the properties of an object: <c>UrlFor("post", new { id = 3 })</c>.</summary>
    /// <inheritdoc cref="UrlFor(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    [RequiresUnreferencedCode("Reads the object's properties. For trimmed and AOT applications write UrlFor(\"post\", (\"id\", 3)).")]
    [OverloadResolutionPriority(-1)]
    public static string UrlFor(string endpoint, object values) =>
        UrlFor(endpoint, [.. new RouteValueDictionary(values).Select(pair => (pair.Key, pair.Value))]);

    /// <inheritdoc cref="UrlFor(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    [OverloadResolutionPriority(1)]       // so that new() { External = true } is the options, not an empty tuple
    public static string UrlFor(string endpoint, UrlOptions options, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var context = Locals.Context ?? throw new ModularException(
            $"UrlFor(\"{endpoint}\") was called outside of a request. Call it in a view, or inside: using var _ = app.AppContext();");
        if (context.HasEnded) throw new ModularException(
            $"UrlFor(\"{endpoint}\") was called after its request had ended. Build the URL earlier, or await the task in the view.");
        return context.Urls.Build(context, endpoint, options, values);
    }

    /// <summary>Runs once, after this request's view. It may change the response, or return another one to send instead.</summary>
    /// <param name="hook">Any shape, also async. The value of an assignment, <c>r => r.Status = 203</c>, is ignored.</param>
    public static void AfterThisRequest(Action<Response> hook) =>
        RouteGroup.AfterThis(Current.Context, hook, response => { hook(response); return default(ValueTask); }, null);

    /// <inheritdoc cref="AfterThisRequest(Action{Response})"/>
    public static void AfterThisRequest<T>(Func<Response, T> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        RouteGroup.AfterThis(Current.Context, hook, hook, hookText);

    static readonly UrlOptions DefaultOptions = new();

    static SendFileOptions FileOptions(SendFileOptions? options) => SendFileOptions.Of(options, Current.App.Options.SendFileMaxAge);

    static ResponseConverter Converter => Current.Context.Plan.Part(ResponseConverter.Slot);
}
