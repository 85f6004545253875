using System.Text.Json;

namespace Modular.Tests.Http;

public class FormReaderTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Url_encoded_forms_are_read_as_Werkzeug_reads_them()
    {
        var run = new VectorFile("formdata.json", output);

        // The multipart ones are run by the tests of Modular.Uploads.
        foreach (var item in VectorFile.Load("formdata.json").EnumerateArray().Where(item => item.GetProperty("mimetype").GetString() != "multipart/form-data"))
        {
            var expect = item.GetProperty("expect");
            var expected = expect.TryGetProperty("form", out var form) ? VectorFile.Text(form.GetProperty("$multi"))
                : expect.TryGetProperty("status", out var status) ? status.GetRawText() : "error";
            run.Check(item.GetProperty("source").GetString()!, expected, await Read(item));
        }

        run.Finish();
    }

    static async Task<string> Read(JsonElement item)
    {
        var type = item.GetProperty("mimetype").GetString()!;
        var sizes = item.GetProperty("limits");
        var limits = new BodyLimits
        {
            MaxContentLength = sizes.GetProperty("max_content_length") is { ValueKind: JsonValueKind.Number } length ? length.GetInt64() : null,
            MaxFormMemorySize = sizes.GetProperty("max_form_memory_size") is { ValueKind: JsonValueKind.Number } memory ? memory.GetInt64() : long.MaxValue,
        };
        var body = item.GetProperty("body_b64").GetBytesFromBase64();
        var http = new DefaultHttpContext
        {
            Request = { Method = "POST", Path = "/", ContentType = type, ContentLength = body.Length, Body = new MemoryStream(body) },
        };
        await using var app = new ModularApp(new() { Limits = limits, StaticFolder = null });
        await using var scope = app.RequestContext(http);
        try
        {
            await Current.Request.ReadBodyAsync();
            return VectorFile.Text(Current.Request.Form);
        }
        catch (HttpException error)
        {
            return $"{error.Status}";
        }
    }

    [Fact]
    public void Invalid_limits_are_refused()
    {
        Assert.StartsWith("MaxContentLength must be at least 0 bytes.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new BodyLimits { MaxContentLength = -1 }).Message);
        Assert.StartsWith("MaxFormMemorySize must be at least 0 bytes.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new BodyLimits { MaxFormMemorySize = -1 }).Message);
        Assert.StartsWith("MaxIdleTime must be between 0 and 49 days, or null for no limit.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new BodyLimits { MaxIdleTime = TimeSpan.Zero }).Message);
        Assert.StartsWith("MaxReadTime must be between 0 and 49 days, or null for no limit.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new BodyLimits { MaxReadTime = TimeSpan.FromDays(50) }).Message);
    }
}
