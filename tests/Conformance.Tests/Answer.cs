using System.Globalization;
using System.Text;

namespace Conformance.Tests;

/// <summary>The response. Status 0: there was none.</summary>
sealed record Answer(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    static readonly byte[] Cut = "<<the answer ends too early>>"u8.ToArray();

    internal string? Header(string name) => Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    internal static Answer Parse(byte[] bytes, bool isHead)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0) return new(0, [], bytes);
        var lines = Encoding.UTF8.GetString(bytes, 0, end).Split("\r\n");
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        // "100 Continue" is an interim response.
        if (status == 100) return Parse(bytes[(end + 4)..], isHead);
        var answer = new Answer(status, [.. lines.Skip(1).Select(Header)], bytes[(end + 4)..]);
        return isHead || status is 204 or 304 ? answer : answer with { Body = answer.WholeBody() };

        static (string, string) Header(string line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            return (line[..colon], line[(colon + 1)..].Trim());
        }
    }

    byte[] WholeBody()
    {
        if (Header("Transfer-Encoding") == "chunked") return Unchunked(Body);
        var length = Header("Content-Length");
        return length is null || int.Parse(length, CultureInfo.InvariantCulture) == Body.Length ? Body : [.. Body, .. Cut];
    }

    static byte[] Unchunked(ReadOnlySpan<byte> rest)
    {
        var whole = new MemoryStream();
        while (true)
        {
            var line = rest.IndexOf("\r\n"u8);
            if (line < 0 || !int.TryParse(rest[..line], NumberStyles.HexNumber, null, out var size) || rest.Length < line + 2 + size) return [.. whole.ToArray(), .. Cut];
            if (size == 0) return whole.ToArray();
            whole.Write(rest.Slice(line + 2, size));
            rest = rest[Math.Min(rest.Length, line + 2 + size + 2)..];
        }
    }
}
