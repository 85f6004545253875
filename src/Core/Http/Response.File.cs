using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders.Physical;

namespace Modular;

public sealed partial class Response
{
    // The letters from U+00C0 to U+017F without their accents, or a blank. Normalize() needs ICU, which small machines lack.
    const string BaseLetters =
        "AAAAAA CEEEEIIII NOOOOO  UUUUY  aaaaaa ceeeeiiii nooooo  uuuuy y" +
        "AaAaAaCcCcCcCcDd  EeEeEeEeEeGgGgGgGgHh  IiIiIiIiI   JjKk LlLlLlL" +
        "l  NnNnNnn  OoOoOo  RrRrRrSsSsSsSsTtTt  UuUuUuUuUuUuWwYyYZzZzZzs";

    internal static Response File(HttpContext http, string path, SendFileOptions? options = null)
    {
        var file = new PhysicalFileInfo(new FileInfo(Path.GetFullPath(path)));
        if (!file.Exists) throw new FileNotFoundException($"There is no file {file.PhysicalPath} to send.", file.PhysicalPath);
        return File(http, new FileBody(file), options ?? new(), file);
    }

    internal static Response File(HttpContext http, Stream stream, SendFileOptions options)
    {
        if (options is { MimeType: null, DownloadName: null }) throw new ModularException(
            "A stream has no media type. Set MimeType or DownloadName in the SendFileOptions, or send a path.");
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

    internal static Response FileIn(string folder, HttpContext http, string name, SendFileOptions? options = null) =>
        SafeJoin.Join(folder, name) is { } path && !name.EndsWith('/') && System.IO.File.Exists(path)
            ? File(http, path, options) : throw new HttpException(404);

    internal static Response FileIn(IFileProvider files, HttpContext http, string name, SendFileOptions options) =>
        SafeJoin.Join("/", name) is not null && !name.EndsWith('/') && files.GetFileInfo(name) is { Exists: true, IsDirectory: false } file
            ? File(http, new FileBody(file), options, file) : throw new HttpException(404);

    static Response File(HttpContext http, StreamedBody body, SendFileOptions options, IFileInfo? file = null)
    {
        var name = options.DownloadName ?? file?.Name;
        var (type, encoding) = options.MimeType is { } given ? (given, null) : MediaType.OfFile(name!);
        var response = new Response(body, MediaType.WithCharset(type));
        var headers = response.TypedHeaders;
        if (name is not null) headers.ContentDisposition = Disposition(name, options.AsAttachment);
        // Not for an attachment, because browsers would decompress it and save it under its compressed name.
        if (encoding is not null && !options.AsAttachment) response.Headers.ContentEncoding = encoding;
        headers.LastModified = options.LastModified ?? file?.LastModified;
        if ((options.ETag ?? (file is null ? null : TagOf(file))) is { Length: > 0 } tag) response.SetETag(tag);
        var isKept = options.MaxAge > TimeSpan.Zero;
        headers.CacheControl = new() { Public = isKept, NoCache = !isKept, MaxAge = options.MaxAge };
        headers.Expires = options.Clock.GetUtcNow() + options.MaxAge;
        return options.Conditional ? response.MakeConditional(http, acceptRanges: true) : response;
    }

    // The path is included, because one URL may send two files with the same size and time in turn.
    static string TagOf(IFileInfo file) => string.Create(CultureInfo.InvariantCulture,
        $"{file.LastModified.UtcTicks:x}-{file.Length:x}-{Hash(Encoding.UTF8.GetBytes(file.PhysicalPath ?? file.Name))[..8]}");

    static string Hash(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));

    static ContentDispositionHeaderValue Disposition(string name, bool asAttachment)
    {
        var header = new ContentDispositionHeaderValue(asAttachment ? "attachment" : "inline");
        header.SetHttpFileName(name);
        // The framework always writes filename*, and "_" for each accented letter: flask_scenarios.json static, style.css and ü.txt.
        if (!name.AsSpan().ContainsAnyExceptInRange(' ', '~')) header.FileNameStar = default;
        header.FileName = string.Concat(name.Select(Simple).Where(letter => letter is >= ' ' and <= '~'));
        return header;
    }

    static char Simple(char c) => c is < '\u00C0' or > '\u017F' ? c : BaseLetters[c - '\u00C0'] is not ' ' and var letter ? letter : '\0';

    /// <summary>Sets the entity tag, so that a client can check whether its copy is still valid.</summary>
    /// <param name="weak">True when equal tags mean an equal meaning, not equal bytes.</param>
    public Response SetETag(string tag, bool weak = false)
    {
        if (tag.Contains('"')) throw new ModularException(
            $"The ETag {Quoted.Text(tag)} cannot be quoted. Use letters, digits and dashes, such as a hash in hexadecimal.");
        Headers.ETag = weak ? $"W/\"{tag}\"" : $"\"{tag}\"";
        return this;
    }

    /// <summary>Sets the entity tag to a hash of the body, unless it has one.</summary>
    public Response AddETag() => Headers.ETag.Count > 0 ? this : SetETag(Hash(Data.Span));

    /// <summary>Becomes a 304 when the client's copy is valid, a 412 when its <c>If-Match</c> fails, a 206 with a range of a GET.</summary>
    /// <remarks>Only for GET and HEAD, and only for a 200.</remarks>
    /// <param name="acceptRanges">True: supports range requests. They need a body of known length.</param>
    public Response MakeConditional(HttpContext http, bool acceptRanges = false)
    {
        var (request, method) = (http.Request.GetTypedHeaders(), http.Request.Method);
        if (_status != 200 || !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method))) return this;
        if (acceptRanges) Headers.AcceptRanges = "bytes";
        // RFC 9110 §13.2.2: ranges come last, and §14.2: they are for GET alone.
        if (PreconditionOf(request, TypedHeaders) is { } status) Status = status;
        else if (acceptRanges && HttpMethods.IsGet(method) && Length is > 0 and var total
            && ByteRange.Of(request.Range, total) is { } range && AllowsRange(request, TypedHeaders)) Cut(range, total);
        return this;
    }

    // RFC 9110 §13: 304 when the client's copy is valid, 412 when If-Match names another one. Entity tags beat dates.
    internal static int? PreconditionOf(RequestHeaders request, ResponseHeaders response)
    {
        var (ifMatch, ifNoneMatch) = (Tags(request.Headers.IfMatch), Tags(request.Headers.IfNoneMatch));
        // Both lists compare the text between the quotes. For "If-Match: *" no tag is named, so none matches, as in Werkzeug.
        var isUnmodified = response.ETag is not { Tag: var tag } || ifMatch.Count + ifNoneMatch.Count == 0
            ? response.LastModified <= request.IfModifiedSince
            : ifMatch.Count == 0 ? ifNoneMatch.Any(other => other.Tag == "*" || other.Tag == tag)
            : !ifMatch.Any(other => other.Tag == tag && !other.IsWeak);
        return !isUnmodified ? null : ifMatch.Count == 0 ? 304 : 412;
    }

    // A bare word is a tag too, as in Werkzeug.
    static IList<EntityTagHeaderValue> Tags(StringValues header) => EntityTagHeaderValue.TryParseList(header, out var tags) ? tags
        : header is [{ Length: > 0 } word] && EntityTagHeaderValue.TryParse($"\"{word}\"", out var bare) ? [bare] : [];

    // Without If-Range, or when it has our strong tag or our exact date: RFC 9110 §13.1.5.
    internal static bool AllowsRange(RequestHeaders request, ResponseHeaders response) => request.Headers.IfRange.Count == 0
        || (request.IfRange is { } condition && (condition.LastModified is { } date ? response.LastModified == date
            : response.ETag?.Compare(condition.EntityTag, useStrongComparison: true) is true));

    void Cut(ByteRange range, long total)
    {
        if (range.Length == 0) throw new HttpException(416) { Headers = { ContentRange = new ContentRangeHeaderValue(total).ToString() } };
        if (_streamed is not null) _streamed.Range = range;
        else (_text, _bytes) = (null, Data.Slice((int)range.Start, (int)range.Length));
        Status = 206;
        Headers.ContentRange = new ContentRangeHeaderValue(range.Start, range.Start + range.Length - 1, total).ToString();
    }
}

/// <summary>A range of bytes in a body of known length; of length 0 when the body has none of the requested bytes.</summary>
readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>The single range in a header, cut at the body's end; null when the header is ignored: RFC 9110 §14.2.</summary>
    internal static ByteRange? Of(RangeHeaderValue? wish, long total)
    {
        if (wish?.Ranges is not { Count: 1 } || !wish.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase)) return null;
        var range = wish.Ranges.Single();
        if (range.From >= total) return default(ByteRange);
        if (range.From is { } start) return new(start, Math.Min(range.To ?? total, total - 1) - start + 1);
        var suffix = Math.Min(range.To ?? 0, total);
        return new(total - suffix, suffix);
    }
}

static class MediaType
{
    static readonly FileExtensionContentTypeProvider Types = new();
    static readonly Dictionary<string, string> Encodings =
        new() { [".gz"] = "gzip", [".br"] = "br", [".bz2"] = "bzip2", [".xz"] = "xz", [".Z"] = "compress" };

    /// <summary>The type with <c>; charset=utf-8</c> for text, as Werkzeug's <c>get_content_type</c>.</summary>
    internal static string WithCharset(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal)
        || type is "application/javascript" or "application/xml" or "application/sql" or "application/ecmascript"
            ? type + "; charset=utf-8" : type;

    internal static bool IsJson(string type) => type is "application/json"
        || (type.StartsWith("application/", StringComparison.Ordinal) && type.EndsWith("+json", StringComparison.Ordinal));

    [return: NotNullIfNotNull(nameof(type))]
    internal static string? Bare(string? type) => type?.Split(';')[0].Trim(' ', '\t').ToLowerInvariant();

    internal static Dictionary<string, string> Parameters(string? type)
    {
        var parameters = new Dictionary<string, string>();
        if (MediaTypeHeaderValue.TryParse(type, out var parsed))
            foreach (var parameter in parsed.Parameters)
                parameters[parameter.Name.ToString().ToLowerInvariant()] = parameter.GetUnescapedValue().ToString();
        return parameters;
    }

    internal static (string Type, string? Encoding) OfFile(string name)
    {
        var encoding = Encodings.GetValueOrDefault(Path.GetExtension(name));
        if (encoding is not null) name = Path.GetFileNameWithoutExtension(name);
        return (Types.TryGetContentType(name, out var type) ? type : "application/octet-stream", encoding);
    }
}
