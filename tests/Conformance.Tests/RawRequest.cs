using System.Text;

namespace Conformance.Tests;

/// <summary>A request as it is sent: nothing is escaped or checked.</summary>
sealed record RawRequest(string Method, string Target)
{
    internal (string Name, string Value)[] Headers { get; init; } = [];

    internal byte[] Body { get; init; } = [];

    internal string Host { get; init; } = "localhost";

    /// <summary>The body goes in chunks, without its length.</summary>
    internal bool IsChunked { get; init; }

    /// <summary>Each side gets the cookies that it has set before.</summary>
    internal bool KeepsCookies { get; init; }

    /// <summary>To the plain application of section 14, not to the main one.</summary>
    internal bool IsToPlain { get; init; }

    internal string Path => Target.Split('?')[0];

    internal static RawRequest Get(string target, params (string Name, string Value)[] headers) => new("GET", target) { Headers = headers };

    internal static RawRequest Post(string target, string contentType, string body) => Post(target, contentType, Encoding.UTF8.GetBytes(body));

    internal static RawRequest Post(string target, string contentType, byte[] body) => new("POST", target)
    {
        Headers = contentType.Length == 0 ? [] : [("Content-Type", contentType)],
        Body = body,
    };

    internal static RawRequest Form(string target, string body) => Post(target, "application/x-www-form-urlencoded", body);

    internal byte[] Bytes(string cookies)
    {
        var head = Head(cookies);
        if (!IsChunked) return [.. head, .. Body];
        var size = Encoding.ASCII.GetBytes($"{Body.Length:x}\r\n");
        return Body.Length == 0 ? [.. head, .. "0\r\n\r\n"u8] : [.. head, .. size, .. Body, .. "\r\n0\r\n\r\n"u8];
    }

    public override string ToString()
    {
        var body = Encoding.Latin1.GetString(Body.AsSpan(0, Math.Min(Body.Length, 300))).Replace("\r", "\\r", StringComparison.Ordinal);
        return $"{(IsToPlain ? "plain application: " : "")}{Encoding.UTF8.GetString(Head("")).Trim().Replace("\r\n", "\n    ", StringComparison.Ordinal)}"
            + (Body.Length == 0 ? "" : $"\n\n    {body.Replace("\n", "\\n\n    ", StringComparison.Ordinal)} ({Body.Length} bytes)");
    }

    byte[] Head(string cookies)
    {
        var text = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n");
        foreach (var (name, value) in Headers) text.Append(name).Append(": ").Append(value).Append("\r\n");
        if (cookies.Length > 0) text.Append("Cookie: ").Append(cookies).Append("\r\n");
        if (IsChunked) text.Append("Transfer-Encoding: chunked\r\n");
        else if (Body.Length > 0 || Method is "POST" or "PUT" or "PATCH") text.Append("Content-Length: ").Append(Body.Length).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.Append("\r\n").ToString());
    }
}
