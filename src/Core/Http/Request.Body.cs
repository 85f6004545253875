using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Modular;

// What the client sent: the body, raw, as a form or as JSON.
public sealed partial class Request
{
    bool _bodyIsRead;
    ReadOnlyMemory<byte> _data;
    HttpException? _bodyFailure;

    /// <summary>The body as it came; empty when there is none. Forms have theirs here, too.</summary>
    /// <exception cref="HttpException">413: it is larger than <see cref="BodyLimits"/> allow. 400: it is malformed or ended early.</exception>
    public ReadOnlyMemory<byte> Data
    {
        get
        {
            NeedBody(nameof(Data));
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
        await ReadBodyAsync(formsOnlyFailNow: false, cancellation);
        if (_bodyFailure is not null) throw _bodyFailure;
    }

    /// <summary>As <see cref="ReadBodyAsync(CancellationToken)"/>.</summary>
    /// <param name="formsOnlyFailNow">True: the failure of a body that is no form is kept until somebody looks at it.</param>
    /// <param name="cancellation">Of the request.</param>
    internal ValueTask ReadBodyAsync(bool formsOnlyFailNow, CancellationToken cancellation)
    {
        var exists = RequestBody.Exists(Http);
        if (_bodyIsRead) return ValueTask.CompletedTask;
        if (exists) return TakeBodyIn(formsOnlyFailNow, cancellation);
        _bodyIsRead = true;
        return ValueTask.CompletedTask;
    }

    async ValueTask TakeBodyIn(bool formsOnlyFailNow, CancellationToken cancellation)
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
            _data = await RequestBody.ReadAsync(Http, FormReader.MaxLength(MimeType, Limits), cancellation);
            Form = FormReader.Parse(_data.Span, type, Limits);
        }
        catch (HttpException failure)
        {
            _bodyFailure = failure;
            if (!formsOnlyFailNow || FormReader.IsForm(MimeType)) throw;
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

    void NeedBody(string member)
    {
        if (_bodyIsRead) _ = Http;
        else if (RequestBody.Exists(Http))
            throw new ModularException($"Request.{member} was read before the body had come in. Write first: await request.ReadBodyAsync();");
    }
}
