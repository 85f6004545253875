using System.IO.Compression;
using System.Text;

namespace Modular.Tests.Hosting;

/// <summary>A body that UseRequestDecompression gives is read whole, whatever length the compressed one had.</summary>
public sealed class DecompressionTests
{
    static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.SmallestSize)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    static async Task<string> Post(string text, string type, BodyLimits limits)
    {
        var app = new ModularApp(new() { Limits = limits });
        app.Services.AddRequestDecompression();
        app.UseMiddleware(asp => asp.UseRequestDecompression());
        app.Post("/", () => Current.Request.IsJson ? $"{Current.Request.Json}" : Current.Request.Form.Count > 0 ? Current.Request.Form["a"] : $"{Current.Request.Data.Length}");
        await using var client = app.TestClient();
        var answer = await client.PostAsync("/", new() { Body = Gzip(text), ContentType = type, Headers = [("Content-Encoding", "gzip")] });
        return answer.Status == 200 ? answer.Text : $"{answer.Status}";
    }

    [Theory]
    [InlineData("5", "application/json", "5")]
    [InlineData("a=b", "application/x-www-form-urlencoded", "b")]
    [InlineData("x", "text/plain", "1")]
    public async Task It_is_read_when_shorter_than_the_compressed_one(string text, string type, string expected) => Assert.Equal(expected, await Post(text, type, new()));

    [Fact]
    public async Task It_is_read_when_longer() => Assert.Equal("10000", await Post(new string('x', 10_000), "text/plain", new()));

    [Fact]
    public async Task Its_own_length_is_what_the_limit_counts() => Assert.Equal("413", await Post(new string('x', 10_000), "text/plain", new() { MaxContentLength = 5_000 }));
}
