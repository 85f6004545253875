namespace Modular;

public sealed partial class Request
{
    // A form up to this size in bytes, with its files, is also kept for Data.
    const int KeptForm = 256 * 1024;

    const string UrlEncoded = "application/x-www-form-urlencoded";
    bool _bodyIsRead;
    ReadOnlyMemory<byte> _data;
    MultiDict _form = Fields([]);
    Exception? _dataFailure;
    Exception? _formFailure;

    internal Func<string, Func<Stream, CancellationToken, ValueTask<MultiDict>>?>? FormReaders { get; init; }

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    internal BoundedBody? Reading { get; set; }

    /// <summary>The body as sent; empty without one. The bytes of forms are here too.</summary>
    /// <exception cref="HttpException">413: larger than <see cref="BodyLimits"/> allow. 400: malformed. 408: too slow.</exception>
    public ReadOnlyMemory<byte> Data => Taken(_data, _dataFailure);

    /// <summary>The fields of a form, with any method; empty when the body isn't a form. Files aren't included.</summary>
    /// <exception cref="HttpException">415: it is a multipart form, and no plugin reads those. Otherwise as <see cref="Data"/>.</exception>
    public MultiDict Form => Taken(_form, _formFailure);

    /// <summary><see cref="Args"/> and, with POST, PUT and PATCH, <see cref="Form"/> in one; the query's values come first.</summary>
    public MultiDict Values => Live(field)
        ?? (field = new([.. Args.Pairs, .. Method is "POST" or "PUT" or "PATCH" ? Form.Pairs : []], "Request.Values"));

    /// <summary>The body as UTF-8 text. Invalid UTF-8 becomes U+FFFD.</summary>
    public string GetText() => Encoding.UTF8.GetString(Data.Span);

    /// <summary>Reads the whole body, as the framework does before a view runs. Await it in a hook before you use a form or JSON.</summary>
    public async ValueTask ReadBodyAsync(CancellationToken cancellationToken = default)
    {
        await ReadBodyAsync(failsLater: false, cancellationToken);
        if (_dataFailure is HttpException failure) throw failure;
    }

    /// <param name="failsLater">True: a body that is too large or isn't a form fails only when it is used.</param>
    internal ValueTask ReadBodyAsync(bool failsLater, CancellationToken cancellationToken)
    {
        if (RequestBody.Exists(Http) && !_bodyIsRead) return TakeBodyIn(failsLater, cancellationToken);
        _bodyIsRead = true;
        return ValueTask.CompletedTask;
    }

    /// <summary>The body while it arrives, within its limits: for hooks and views with <see cref="ReadsBodyAttribute"/>.</summary>
    /// <exception cref="HttpException">413: its stated length is above the limit.</exception>
    public Stream OpenBody()
    {
        var http = Http;
        if (_bodyIsRead || http.Features.Get<IFormFeature>()?.Form is not null) throw new ModularException(
            "Request.OpenBody was called when the body had been read already. "
            + "Let the view read the body itself: give it [ReadsBody], or WithMetadata(new ReadsBodyAttribute()).");
        if (!RequestBody.Exists(http)) return Stream.Null;
        if (http.Request.Body is not BoundedBody) RequestBody.Bound(this);
        return http.Request.Body;
    }

    async ValueTask TakeBodyIn(bool failsLater, CancellationToken cancellationToken)
    {
        var type = MimeType;
        var reader = FormReaders?.Invoke(type);
        var isForm = reader is not null || type is UrlEncoded or "multipart/form-data";
        try
        {
            // Earlier middleware, such as ASP.NET's antiforgery, has already read the body.
            if (Http.Features.Get<IFormFeature>()?.Form is { } read)
                _form = Fields(from field in read from value in field.Value select KeyValuePair.Create(field.Key, value ?? ""));
            else if (reader is not null) await TakeFormIn(reader, cancellationToken);
            else
            {
                var most = Limits.MaxContentLength;
                if (type == UrlEncoded) most = Math.Min(Limits.MaxFormMemorySize, most ?? long.MaxValue);
                _data = await RequestBody.ReadAsync(this, most, cancellationToken);
                if (type == UrlEncoded) _form = Modular.QueryString.Parse($"?{Encoding.UTF8.GetString(_data.Span)}", "Request.Form");
                else if (isForm) _formFailure = new UnreadFormException();
            }
        }
        catch (Exception error)
        {
            // The bytes so far are gone, and half a body must not be used as a whole one.
            _dataFailure = error as HttpException ?? new HttpException(400, inner: error);
            _formFailure = isForm ? _dataFailure : null;
            // A form that ends early or doesn't arrive ends the request. One that is too large doesn't, unless the view uses it.
            if (!failsLater || error is not HttpException { Status: var status } || (isForm && status != 413)) throw;
        }
        finally
        {
            _bodyIsRead = true;
        }
    }

    async ValueTask TakeFormIn(Func<Stream, CancellationToken, ValueTask<MultiDict>> read, CancellationToken cancellationToken)
    {
        if (Http.Request.ContentLength <= KeptForm)
        {
            var bytes = await RequestBody.ReadAsync(this, Limits.MaxContentLength, cancellationToken);
            _data = bytes;
            _form = Fields((await read(RequestBody.Again(bytes), cancellationToken)).Pairs);
            return;
        }
        _dataFailure = new ModularException(
            "Request.Data was read for a multipart form that a plugin reads part by part, so the whole body isn't kept. "
            + "Read Request.Form and its files, or take the body as a Stream parameter of the view.");
        using var body = new BoundedBody(this, Limits.MaxContentLength);
        _form = Fields((await read(body, cancellationToken)).Pairs);
        // For code that knows only ASP.NET, which could not read the body again.
        var fields = _form.Keys.ToDictionary(name => name, name => new StringValues([.. _form.GetAll(name)]));
        Http.Features.Set<IFormFeature>(new FormFeature(new FormCollection(fields)));
    }

    static MultiDict Fields(IEnumerable<KeyValuePair<string, string>> fields) => new([.. fields], "Request.Form");

    T Taken<T>(T value, Exception? failure, [CallerMemberName] string member = "") => RequestBody.Exists(Http) && !_bodyIsRead
        ? throw new ModularException($"Request.{member} was read before the body had arrived. First write: await request.ReadBodyAsync();")
        : failure is null ? value : throw failure;
}
