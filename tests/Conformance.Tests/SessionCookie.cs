using System.Buffers.Text;
using System.IO.Compression;

namespace Conformance.Tests;

/// <summary>Flask's session cookie: payload, time and signature. Only the first means something to compare.</summary>
static class SessionCookie
{
    internal static string Payload(string value)
    {
        value = value.Trim('"');
        var isCompressed = value.StartsWith('.');
        var text = value.TrimStart('.').Split('.')[0];
        if (text.Length == 0 || !Base64Url.IsValid(text)) return value;
        var bytes = Base64Url.DecodeFromChars(text);
        return JsonMeaning.Of(isCompressed ? Inflated(bytes) : bytes);
    }

    static byte[] Inflated(byte[] bytes)
    {
        using var zlib = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var whole = new MemoryStream();
        zlib.CopyTo(whole);
        return whole.ToArray();
    }
}
