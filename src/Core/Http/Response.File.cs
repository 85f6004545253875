using Microsoft.AspNetCore.StaticFiles;
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
    internal static Response File(HttpContext http, string path, SendFileOptions? options = null)
    {
        var file = new PhysicalFileInfo(new FileInfo(Path.GetFullPath(path)));
        if (!file.Exists) throw new FileNotFoundException($"There is no file {file.PhysicalPath} to send.", file.PhysicalPath);
        return File(http, new FileBody(file), options ?? new(), file);
    }

    /// <summary>A stream sent as a file, and disposed afterwards. The options have to tell the media type or a download name.</summary>
    internal static Response File(HttpContext http, Stream stream, SendFileOptions options)
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
    internal static Response FileIn(string folder, HttpContext http, string name, SendFileOptions? options = null) =>
        SafeJoin.Join(folder, name) is { } path && !name.EndsWith('/') && System.IO.File.Exists(path)
            ? File(http, path, options) : throw new HttpException(404);

    static Response File(HttpContext http, StreamedBody body, SendFileOptions options, IFileInfo? file = null)
    {
        var name = options.DownloadName ?? file?.Name;
        var (type, encoding) = options.MimeType is { } given ? (given, null) : MediaType.OfFile(name!);
        var response = new Response(body, MediaType.WithCharset(type));
        var headers = response.TypedHeaders;
        if (name is not null) headers.ContentDisposition = Disposition(name, options.AsAttachment);
        // Not for an attachment: browsers would unpack it while they save it under its packed name.
        if (encoding is not null && !options.AsAttachment) response.Headers.ContentEncoding = encoding;
        headers.LastModified = options.LastModified ?? file?.LastModified;
        if ((options.ETag ?? (file is null ? null : TagOf(file))) is { Length: > 0 } tag) response.SetETag(tag);
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

/// <summary>Media types: which one a file name means, and which of them carry a charset.</summary>
static class MediaType
{
    static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>The type with <c>; charset=utf-8</c> where it is a text, as Werkzeug's <c>get_content_type</c>.</summary>
    internal static string WithCharset(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal)
        || type is "application/javascript" or "application/xml" or "application/sql" or "application/ecmascript"
            ? type + "; charset=utf-8" : type;

    /// <summary>What a file name's extension stands for: <c>x.tar.gz</c> is <c>application/x-tar</c> in the encoding <c>gzip</c>.</summary>
    internal static (string Type, string? Encoding) OfFile(string name)
    {
        var encoding = Path.GetExtension(name) switch
        {
            ".gz" => "gzip",
            ".br" => "br",
            ".bz2" => "bzip2",
            ".xz" => "xz",
            ".Z" => "compress",
            _ => null,
        };
        if (encoding is not null) name = Path.GetFileNameWithoutExtension(name);
        return (Types.TryGetContentType(name, out var type) ? type : "application/octet-stream", encoding);
    }
}
