using System.Text;

namespace Conformance.Tests.Sections;

sealed class UploadSection : ISection
{
    static readonly string[] Names =
    [
        "a.txt", "../../etc/passwd", "My Report.pdf", "ü.png", "", ".hidden", "a/b/c.txt", "C:\\x\\y.txt", "CON", "nul.txt", "a b", "..", "日本.txt", "x.tar.gz", "a%22b.txt", "-_-", "__init__.py", " sp .txt ",
        "a\\\"q.txt", "i contain cool \u00fcml\u00e4uts.txt", new('a', 100), "a;b.txt", "a=b", "a\tb", "a%0Ab", "ﬁ.txt", "①.txt", "a  b", "._x", "x.", "a'b", "a&b", "É.TXT", "%2e%2e", "~",
    ];

    public RawRequest Next(Random random)
    {
        if (random.Chance(.15)) return RawRequest.Get($"/upload/secure?{Draw.Query(("name", random.Chance(.5) ? random.Of<string>(Names) : random.Word()))}");
        if (random.Chance(.12)) return RawRequest.Get($"/upload/stored/{Draw.Percent(random.Of("a.txt", "My_Report.pdf", "none.bin", "../../x", "My Report.pdf", "..", "a22b.txt", "etc_passwd"))}");
        var boundary = random.Of("X", "----WebKitFormBoundaryabc", "a'b", "x.y_z=1");
        var body = new MemoryStream();
        if (random.Chance(.05)) body.Write("preamble\r\n"u8);
        for (var parts = random.Of(0, 1, 1, 2, 3); parts > 0; parts--) body.Write([.. Encoding.UTF8.GetBytes($"--{boundary}\r\n"), .. Part(random), .. "\r\n"u8]);
        body.Write(Encoding.UTF8.GetBytes($"--{boundary}--{random.Of("\r\n", "\r\n", "\r\n", "", "  \r\n", "\r\nepilogue")}"));
        var bytes = body.ToArray();
        var quoted = random.Chance(.3) || boundary.Contains('\'', StringComparison.Ordinal) || boundary.Contains('=', StringComparison.Ordinal) ? $"\"{boundary}\"" : boundary;
        var type = random.Chance(.05) ? random.Of("multipart/form-data", $"multipart/mixed; boundary={boundary}", "application/x-www-form-urlencoded", "multipart/form-data; boundary=") : $"multipart/form-data; boundary={quoted}";
        return RawRequest.Post(random.Of("/upload", "/upload", "/upload", "/upload/one", "/upload/save", "/req/form", "/req/values"), type, random.Chance(.08) ? bytes[..^Math.Min(bytes.Length, random.Next(1, 14))] : bytes) with
        {
            Method = random.Chance(.05) ? "GET" : "POST",
            IsChunked = random.Chance(.05),
        };
    }

    internal static byte[] Part(string name, byte[] data, string? fileName = null, string? type = null, string more = "") =>
    [
        .. Encoding.UTF8.GetBytes($"Content-Disposition: form-data; name=\"{name}\"{(fileName is null ? "" : $"; filename=\"{fileName}\"")}{(type is null ? "" : $"\r\nContent-Type: {type}")}{more}\r\n\r\n"),
        .. data,
    ];

    static byte[] Part(Random random)
    {
        var more = random.Chance(.05) ? random.Of("\r\nX-Other: 1", "\r\nContent-Transfer-Encoding: binary", "\r\nContent-Length: 3") : "";
        if (random.Chance(.05)) return Encoding.UTF8.GetBytes(random.Of("Content-Disposition: form-data; name=bare\r\n\r\n1", "content-disposition: FORM-DATA; NAME=\"up\"\r\n\r\n1", "Content-Disposition: form-data; filename*=UTF-8''%C3%BC.txt; name=\"f\"\r\n\r\n1",
            "Content-Disposition: attachment; name=\"f\"; filename=\"a\"\r\n\r\n1", "Content-Disposition: form-data; name=\"f\"; filename=bare.txt\r\n\r\n1", "Content-Disposition: form-data; name=\"a\\\"b\"\r\n\r\n1"));
        return random.Chance(.6)
            ? Part(random.Of("the_file", "the_file", "f", "f2", "ü", ""), Data(random), random.Of<string>(Names), random.Of(null, "text/plain", "TEXT/HTML; charset=utf-8", "image/png", "application/octet-stream", "", "x"), more)
            : Part(random.Of("a", "b", "a", "ü", "", "a b"), random.Of<byte[]>([0x31], [], [0xC3, 0xBC], [0xFF], "x y"u8.ToArray(), "a\r\nb"u8.ToArray(), "+%20"u8.ToArray()), type: random.Of(null, null, null, "text/plain; charset=iso-8859-1"), more: more);
    }

    static byte[] Data(Random random) => random.Next(7) switch
    {
        0 => [],
        1 => "hello"u8.ToArray(),
        2 => [.. Enumerable.Range(0, 256).Select(i => (byte)i)],
        3 => [.. Enumerable.Repeat((byte)'x', 3000)],
        4 => "\r\n--Y"u8.ToArray(),
        5 => "\r\n\r\n"u8.ToArray(),
        _ => "a\nb"u8.ToArray(),
    };
}

sealed class LimitSection : ISection
{
    public RawRequest Next(Random random)
    {
        var size = random.Of(262143, 262144, 262145, 300000, 1000000);
        var filler = Enumerable.Repeat((byte)'x', size);
        return random.Next(5) switch
        {
            0 => RawRequest.Post(random.Of("/req/form", "/req/values", "/session/login", "/upload"), "application/x-www-form-urlencoded", [.. "a="u8, .. filler.Skip(2)]),
            1 => RawRequest.Post("/req/data", "text/plain", [.. filler]),
            2 => RawRequest.Post(random.Of("/req/json", "/req/json-silent", "/req/json-force", "/session/set"), "application/json", [.. "\""u8, .. filler.Skip(2), .. "\""u8]),
            3 => RawRequest.Post(random.Of("/upload", "/upload/one", "/m/post", "/nope"), "multipart/form-data; boundary=X", [.. "--X\r\n"u8, .. UploadSection.Part("the_file", [.. filler.Skip(200)], "a.txt"), .. "\r\n--X--\r\n"u8]),
            _ => RawRequest.Post("/req/form", "multipart/form-data; boundary=X",
                [.. Enumerable.Repeat<byte[]>([.. "--X\r\n"u8, .. UploadSection.Part("a", "1"u8.ToArray()), .. "\r\n"u8], random.Of(999, 1000, 1001)).SelectMany(part => part), .. "--X--\r\n"u8]),
        };
    }
}
