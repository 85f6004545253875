using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Net.Http.Headers;

namespace Modular;

public sealed partial class Response
{
    // The letters from U+00C0 to U+017F without their accents, or a blank. Normalize() needs ICU, which small machines lack.
    const string BaseLetters =
        "AAAAAA CEEEEIIII NOOOOO  UUUUY  aaaaaa ceeeeiiii nooooo  uuuuy y" +
        "AaAaAaCcCcCcCcDd  EeEeEeEeEeGgGgGgGgHh  IiIiIiIiI   JjKk LlLlLlL" +
        "l  NnNnNnn  OoOoOo  RrRrRrSsSsSsSsTtTt  UuUuUuUuUuUuWwYyYZzZzZzs";

    /// <summary>A file on disk, with its type, time, entity tag and caching headers; in ranges when asked for.</summary>
    /// <param name="http">The request, for its conditions and ranges.</param>
    /// <param name="path">A path that the application chose. For a visitor's path there is <c>SendFromDirectory</c>.</param>
    /// <param name="options">Default: shown in the browser, and checked for changes each time.</param>
    public static Response File(HttpContext http, string path, SendFileOptions? options = null) =>
        File(http, new PhysicalFileInfo(new FileInfo(Path.GetFullPath(path))), options);

    /// <summary>A file of a file provider, such as one embedded in an assembly.</summary>
    public static Response File(HttpContext http, IFileInfo file, SendFileOptions? options = null)
    {
        if (!file.Exists || file.IsDirectory)
            throw new FileNotFoundException($"There is no file {file.PhysicalPath ?? file.Name} to send.", file.PhysicalPath);
        options ??= new();
        return File(http, new FileBody(file), options with
        {
            DownloadName = options.DownloadName ?? file.Name,
            LastModified = options.LastModified ?? file.LastModified,
            ETag = options.ETag ?? TagOf(file),
        });
    }

    /// <summary>A stream sent as a file, and disposed afterwards. The options have to tell the media type or a download name.</summary>
    public static Response File(HttpContext http, Stream stream, SendFileOptions options)
    {
        if (options is { MimeType: null, DownloadName: null }) throw new ModularException(
            "A stream does not tell its media type. Set MimeType or DownloadName in the SendFileOptions, or send a path.");
        if (options is { AsAttachment: true, DownloadName: null }) throw new ModularException(
            "A stream sent as an attachment has no name. Set DownloadName in the SendFileOptions, or send a path.");
        try
        {
            return File(http, new StreamBody(stream), options);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The file of a folder under a visitor's name; a 404 where that is no file, or leads out of the folder.</summary>
    internal static Response FileIn(string folder, HttpContext http, string name, SendFileOptions? options = null)
    {
        if (SafeJoin.Join(folder, name) is not { } path || name.EndsWith('/')) throw new HttpException(404);
        var file = new FileInfo(path);
        return file.Exists ? File(http, new PhysicalFileInfo(file), options) : throw new HttpException(404);
    }

    static Response File(HttpContext http, StreamedBody body, SendFileOptions options)
    {
        var (type, encoding) = options.MimeType is { } given ? (given, null) : MediaType.OfFile(options.DownloadName!);
        var response = new Response(body, MediaType.WithCharset(type));
        var headers = response.TypedHeaders;
        if (options.DownloadName is { } name) headers.ContentDisposition = Disposition(name, options.AsAttachment);
        // Not for an attachment: browsers would unpack it while they save it under its packed name.
        if (encoding is not null && !options.AsAttachment) response.Headers.ContentEncoding = encoding;
        headers.LastModified = options.LastModified;
        if (!string.IsNullOrEmpty(options.ETag)) response.SetETag(options.ETag);
        var isKept = options.MaxAge > TimeSpan.Zero;
        headers.CacheControl = new() { Public = isKept, NoCache = !isKept, MaxAge = options.MaxAge };
        headers.Expires = options.Clock.GetUtcNow() + options.MaxAge;
        return options.Conditional ? response.MakeConditional(http, acceptRanges: true) : response;
    }

    // The path takes part, because two files of one size and time may be sent under one address in turn.
    static string TagOf(IFileInfo file)
    {
        var path = ETagList.Of(Encoding.UTF8.GetBytes(file.PhysicalPath ?? file.Name))[..8];
        return string.Create(CultureInfo.InvariantCulture, $"{file.LastModified.UtcTicks:x}-{file.Length:x}-{path}");
    }

    // RFC 6266.
    static ContentDispositionHeaderValue Disposition(string name, bool asAttachment)
    {
        var header = new ContentDispositionHeaderValue(asAttachment ? "attachment" : "inline");
        header.SetHttpFileName(name);
        // The framework writes filename* always, and "_" for each accented letter: flask_scenarios.json static, style.css and ü.txt.
        if (!name.AsSpan().ContainsAnyExceptInRange(' ', '~')) header.FileNameStar = default;
        header.FileName = string.Concat(name.Select(Simple).Where(letter => letter is >= ' ' and <= '~'));
        return header;
    }

    static char Simple(char c) => c is < '\u00C0' or > '\u017F' ? c : BaseLetters[c - '\u00C0'] is not ' ' and var letter ? letter : '\0';

    /// <summary>Names this version of the body, so that a client can ask whether its copy is still good.</summary>
    /// <param name="tag">Text without quotes in or around it.</param>
    /// <param name="weak">True when equal tags mean an equal meaning, not equal bytes.</param>
    public Response SetETag(string tag, bool weak = false)
    {
        Headers.ETag = ETagList.Quote(tag, weak);
        return this;
    }

    /// <summary>Names this version of the body by a hash of its bytes, unless it has a tag.</summary>
    public Response AddETag() => Headers.ETag.Count > 0 ? this : SetETag(ETagList.Of(Data.Span));

    /// <summary>
    /// Answers 304 when the client's copy is still good by its <c>If-None-Match</c> or <c>If-Modified-Since</c>, 412 when its
    /// <c>If-Match</c> fails, and 206 with the one part that a GET asks for. Only GET and HEAD, and only of a 200.
    /// </summary>
    /// <param name="acceptRanges">Whether parts may be asked for. They need a body of known length.</param>
    /// <exception cref="HttpException">416: there is no such range.</exception>
    public Response MakeConditional(HttpContext http, bool acceptRanges = false)
    {
        var (request, method) = (http.Request.Headers, http.Request.Method);
        if (_status != 200 || !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method))) return this;
        if (acceptRanges) Headers.AcceptRanges = "bytes";
        // RFC 9110 §13.2.2: ranges come last, and §14.2: they are for GET alone.
        if (Preconditions.StatusOf(request, Headers.ETag, Headers.LastModified) is { } status) Status = status;
        else if (acceptRanges && HttpMethods.IsGet(method) && Length is > 0 and var total
            && ByteRange.Parse(request.Range, total) is { } range
            && Preconditions.AllowRange(request, Headers.ETag, Headers.LastModified)) Cut(range, total);
        return this;
    }

    void Cut(ByteRange range, long total)
    {
        if (range.Length == 0) throw new HttpException(416) { Headers = { ContentRange = new ContentRangeHeaderValue(total).ToString() } };
        if (_streamed is not null) _streamed.Range = range;
        else (_text, _bytes) = (null, Data.Slice((int)range.Start, (int)range.Length));
        Status = 206;
        Headers.ContentRange = new ContentRangeHeaderValue(range.Start, range.Start + range.Length - 1, total).ToString();
    }
}
