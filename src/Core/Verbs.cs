namespace Modular;

/// <summary>The bare verbs of a view: <c>Redirect(…)</c>, <c>Abort(404)</c>, <c>UrlFor(…)</c>. In scope without a prefix wherever the package is referenced.</summary>
public static partial class Verbs
{
    /// <summary>Sends the client elsewhere.</summary>
    /// <param name="location">A URL or a path; non-ASCII characters are percent-encoded.</param>
    /// <param name="status">301, 302, 303, 305, 307 or 308. Default 302.</param>
    public static Response Redirect(string location, int status = 302) => Redirects.To(location, status);

    /// <summary>Ends the request with an HTTP error.</summary>
    /// <param name="status">400 to 599, of those that HTTP defines.</param>
    /// <param name="description">What the page says; null takes the status code's own sentence.</param>
    /// <exception cref="HttpException">Always.</exception>
    /// <exception cref="ModularException">No error has this status.</exception>
    /// <returns>Never; the type lets it stand as a view's answer: <c>found ?? Abort(404)</c>.</returns>
    [DoesNotReturn]
    public static Response Abort(int status, string? description = null) =>
        throw (HttpStatus.IsError(status) ? new HttpException(status, description) : new ModularException(
            string.Create(CultureInfo.InvariantCulture, $"Abort({status}) is for no HTTP error. Write a status code such as 404, or Abort(new Response(…)) for any answer.")));

    /// <summary>Ends the request with a response as it is.</summary>
    /// <returns>Never.</returns>
    /// <exception cref="HttpException">Always.</exception>
    [DoesNotReturn]
    public static Response Abort(Response response) => throw new HttpException(response);

    /// <summary>A response to put headers and cookies on; converted from anything that a view may return.</summary>
    public static Response MakeResponse(object? body = null, int? status = null)
    {
        var response = body is null ? new Response() : Converter.Convert(Current.Context, body);
        if (status is { } given) response.Status = given;
        return response;
    }

    /// <summary>A file as the answer: its type by its name, conditional and in ranges when the client asks for these.</summary>
    /// <param name="path">Below the application's root path, or absolute. Trusted: never made of what a client sent. For that there is <see cref="SendFromDirectory"/>.</param>
    /// <param name="options">Name, type, caching, download.</param>
    public static Response SendFile(string path, SendFileOptions? options = null) =>
        Response.File(Current.Request.Http, Path.Combine(Current.App.Options.RootPath, path), SendFileOptions.Of(options, Current.App.Options.SendFileMaxAge));

    /// <summary>As <see cref="SendFile(string, SendFileOptions?)"/>, from a stream, which is disposed of when it has been sent.</summary>
    public static Response SendFile(Stream stream, SendFileOptions options) =>
        Response.File(Current.Request.Http, stream, SendFileOptions.Of(options, Current.App.Options.SendFileMaxAge));

    /// <summary>A file of a folder, by a name that a client sent.</summary>
    /// <param name="folder">Trusted. Below the application's root path, or absolute.</param>
    /// <param name="name">Not trusted: one that leads out of the folder is a 404.</param>
    /// <param name="options">Name, type, caching, download.</param>
    /// <exception cref="HttpException">404: there is no such file in the folder.</exception>
    public static Response SendFromDirectory(string folder, string name, SendFileOptions? options = null) =>
        Response.FileIn(Path.Combine(Current.App.Options.RootPath, folder),
            Current.Request.Http, name, SendFileOptions.Of(options, Current.App.Options.SendFileMaxAge));

    /// <summary>An object as JSON, by the application's options.</summary>
    public static Response Json(object? value, int status = 200)
    {
        var response = Converter.Json(value);
        response.Status = status;
        return response;
    }

    /// <summary>Text with <c>&amp; &lt; &gt; ' "</c> made harmless; markup stays as it is.</summary>
    public static Markup Escape(object? value) => Markup.Escape(value);

    /// <summary>A page from an interpolated string, whose holes are escaped: <c>Html($"&lt;h1&gt;{name}&lt;/h1&gt;")</c>.</summary>
    public static Markup Html(ref MarkupHandler html) => Markup.Format(ref html);

    /// <summary>The URL of an endpoint, relative to the host within a request. Values that the rule does not take become the query.</summary>
    /// <param name="endpoint">Its name; <c>.show</c> is one of the current blueprint.</param>
    /// <param name="values">Names and values; null values are left out.</param>
    /// <exception cref="UrlBuildException">There is no such endpoint, or a value is missing.</exception>
    public static string UrlFor(string endpoint, params ReadOnlySpan<(string Name, object? Value)> values) =>
        UrlFor(endpoint, DefaultOptions, values);

    /// <inheritdoc cref="UrlFor(string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    /// <param name="endpoint">Its name.</param>
    /// <param name="options">Scheme, anchor, method, and whether the host goes with it.</param>
    /// <param name="values">Names and values.</param>
    [OverloadResolutionPriority(1)]       // so that new() { External = true } is the options, and no empty tuple
    public static string UrlFor(string endpoint, UrlOptions options, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var context = Locals.Context ?? throw new ModularException(
            $"UrlFor(\"{endpoint}\") was called outside of a request. Call it in a view, or inside: using var _ = app.AppContext();");
        if (context.HasEnded) throw new ModularException(
            $"UrlFor(\"{endpoint}\") was called after its request had ended. Build the URL before the task starts, or await the task in the view.");
        return context.Links.Build(context, endpoint, options, values);
    }

    /// <summary>Runs once, after this request's view. It may change the response, or return another one to send instead.</summary>
    /// <param name="hook">A lambda or a method, also one that returns a task. The value of an assignment, as in <c>response => response.Status = 203</c>, is no response.</param>
    /// <exception cref="ModularException">It returns what is no response, or it is <c>async void</c>.</exception>
    public static void AfterThisRequest(Action<Response> hook) => Current.Context.AfterThisRequest(hook);

    /// <inheritdoc cref="AfterThisRequest(Action{Response})"/>
    /// <param name="hookText">Filled in by the compiler.</param>
    public static void AfterThisRequest<T>(Func<Response, T> hook, [CallerArgumentExpression(nameof(hook))] string? hookText = null) =>
        Current.Context.AfterThisRequest(hook, hookText);

    static readonly UrlOptions DefaultOptions = new();

    static ResponseConverter Converter => Current.Context.Plan.Part(ResponseConverter.Slot);
}
