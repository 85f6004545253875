using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Modular;

// What the client sent: the body, raw, as a form or as JSON.
public sealed partial class Request
{
    // A form of at most so many bytes, with its files, is kept for Data as well.
    const int KeptForm = 256 * 1024;

    bool _bodyIsRead;
    bool _dataIsGone;
    bool _partsAreOpen;
    ReadOnlyMemory<byte> _data;
    HttpException? _bodyFailure;

    /// <summary>The body as it came; empty when there is none. Forms have theirs here, too.</summary>
    /// <exception cref="HttpException">413: it is larger than <see cref="BodyLimits"/> allow. 400: it is malformed or ended early. 408: it came too slowly.</exception>
    /// <exception cref="ModularException">It was a multipart form above 256 KiB, or of unknown length, whose files a plugin took while they arrived.</exception>
    public ReadOnlyMemory<byte> Data
    {
        get
        {
            NeedBody(nameof(Data));
            if (_dataIsGone) throw new ModularException(
                "Request.Data was read of a multipart form that was taken in part by part, and not kept as a whole. Read Request.Form and its files, or take the body as a Stream parameter of the view.");
            return _bodyFailure is null ? _data : throw _bodyFailure;
        }
    }

    /// <summary>The fields of a form, url-encoded or multipart, with any method; empty when the body is no form. Files are not here.</summary>
    public MultiDict Form
    {
        get
        {
            NeedBody(nameof(Form));
            return _bodyFailure is not null && FormReader.IsForm(MimeType) ? throw _bodyFailure : field;
        }
        private set;
    } = FormReader.None;

    /// <summary><see cref="Args"/> and, with POST, PUT and PATCH, <see cref="Form"/> in one; the query's values come first.</summary>
    public MultiDict Values
    {
        get
        {
            var form = Method is "POST" or "PUT" or "PATCH" ? Form : FormReader.None;
            return field ??= new([.. Args.Pairs, .. form.Pairs], "Request.Values");
        }
    }

    /// <summary>The body as text in the charset that its type names: UTF-8 (also when it names none), ASCII or ISO-8859-1.</summary>
    /// <exception cref="HttpException">As <see cref="Data"/>.</exception>
    public string GetText() =>
        (HeaderOptions.Charset(MimeTypeParameters.GetValueOrDefault("charset")) ?? Encoding.UTF8).GetString(Data.Span);

    /// <summary>Takes the whole body in. Before a view runs this has been done; a hook that wants a form or JSON earlier awaits it first.</summary>
    /// <remarks>A second call does nothing. Costs nothing when there is no body.</remarks>
    /// <exception cref="HttpException">The body is too large, malformed or ended early.</exception>
    public async ValueTask ReadBodyAsync(CancellationToken cancellation = default)
    {
        await ReadBodyAsync(failsLater: false, cancellation);
        if (_bodyFailure is not null) throw _bodyFailure;
    }

    /// <summary>As <see cref="ReadBodyAsync(CancellationToken)"/>.</summary>
    /// <param name="failsLater">True: a body that is too large, or no form, fails when somebody looks at it.</param>
    /// <param name="cancellation">Of the request.</param>
    internal ValueTask ReadBodyAsync(bool failsLater, CancellationToken cancellation)
    {
        var exists = RequestBody.Exists(Http);
        if (_bodyIsRead) return ValueTask.CompletedTask;
        if (exists) return TakeBodyIn(failsLater, cancellation);
        _bodyIsRead = true;
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes what takes the files of a form; null when no plugin does.</summary>
    internal Func<IFormFileTaker>? OpenFiles { get; init; }

    /// <summary>The clock that limits of time are measured with.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// The parts of a multipart form one by one, while they arrive. For views that read the body themselves, see <see cref="ReadsBodyAttribute"/>; <see cref="Form"/> is not read then.
    /// </summary>
    /// <exception cref="HttpException">415: the body is no multipart form. 413: its stated length is above the limit.</exception>
    /// <exception cref="ModularException">The body has been read already.</exception>
    public FormParts OpenParts()
    {
        var http = Http;
        if (_bodyIsRead || _partsAreOpen || http.Features.Get<IFormFeature>()?.Form is not null) throw new ModularException(
            "Request.OpenParts was called when the body had been read already. Let the view read the body itself: give it [ReadsBody], or WithMetadata(new ReadsBodyAttribute()).");
        if (FormReader.Boundary(ContentOptions) is not { } boundary) throw new HttpException(StatusCodes.Status415UnsupportedMediaType);
        _partsAreOpen = true;
        if (!RequestBody.Exists(http)) return new(Stream.Null, boundary, Limits, 0);
        if (http.Request.Body is not BoundedBody) RequestBody.Bound(this);
        return new(http.Request.Body, boundary, Limits, http.Request.ContentLength);
    }

    async ValueTask TakeBodyIn(bool failsLater, CancellationToken cancellation)
    {
        var type = ContentOptions;
        try
        {
            if (Http.Features.Get<IFormFeature>()?.Form is { } read)
            {
                // Middleware in front, such as ASP.NET's antiforgery, has used the body up.
                Form = FormReader.Dict([.. read.SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? ""))]);
                return;
            }
            if (OpenFiles is not null && FormReader.Boundary(type) is { } boundary) await TakeForm(boundary, OpenFiles(), cancellation);
            else
            {
                _data = await RequestBody.ReadAsync(this, FormReader.Limits(MimeType, Limits), cancellation);
                Form = FormReader.Parse(_data.Span, type, Limits);
            }
        }
        catch (HttpException failure)
        {
            _bodyFailure = failure;
            // A form that ends early, or does not come, is not worth a view; one that is too large is, when the view does not look.
            if (!failsLater || (failure.Status != StatusCodes.Status413PayloadTooLarge && FormReader.IsForm(MimeType))) throw;
        }
        catch (Exception error)
        {
            // What has come so far is gone, and half a body must not pass for a whole one.
            _bodyFailure = new HttpException(StatusCodes.Status400BadRequest, inner: error);
            throw;
        }
        finally
        {
            _bodyIsRead = true;
        }
    }

    // Files go where their plugin puts them while they arrive; what is small is kept as a whole, too.
    async ValueTask TakeForm(string boundary, IFormFileTaker files, CancellationToken cancellation)
    {
        var length = Http.Request.ContentLength;
        if (length <= KeptForm)
        {
            _data = await RequestBody.ReadAsync(this, Limits, cancellation);
            Form = await FormReader.ReadAsync(new(Http.Request.Body, boundary, Limits, length), files, cancellation);
            Http.Request.Body.Position = 0;
            return;
        }
        _dataIsGone = true;
        using var body = new BoundedBody(this, Limits);
        var form = await FormReader.ReadAsync(new(body, boundary, Limits, length), files, cancellation);
        // For code that knows only ASP.NET, which could not read the body again.
        Http.Features.Set<IFormFeature>(new FormFeature(new FormCollection(form.Keys.ToDictionary(name => name, name => new StringValues([.. form.GetAll(name)])))));
        Form = form;
    }

    void NeedBody(string member)
    {
        if (_bodyIsRead) _ = Http;
        else if (RequestBody.Exists(Http))
            throw new ModularException($"Request.{member} was read before the body had come in. Write first: await request.ReadBodyAsync();");
    }
}
