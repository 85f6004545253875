using Microsoft.AspNetCore.StaticFiles;

namespace Modular;

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
