using Microsoft.Net.Http.Headers;

namespace Modular.Tests.Http;

/// <summary>Headers as objects are ASP.NET's; Modular only leads to them.</summary>
public class TypedHeaderTests
{
    [Fact]
    public async Task A_requests_conditions_ranges_and_cache_control_are_objects()
    {
        var app = new ModularApp();
        app.Get("/", () =>
        {
            var headers = Current.Request.TypedHeaders;
            return string.Join(' ',
                headers.IfNoneMatch[0].Tag, headers.IfNoneMatch[1].IsWeak, headers.IfModifiedSince!.Value.Year, headers.IfRange!.EntityTag!.Tag,
                headers.Range!.Ranges.First().To, headers.CacheControl!.MaxAge!.Value.TotalSeconds, headers.Date!.Value.Month);
        });
        await using var client = app.TestClient();

        var response = await client.GetAsync("/", new()
        {
            Headers =
            [
                ("If-None-Match", "\"a\", W/\"b\""), ("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"), ("If-Range", "\"a\""),
                ("Range", "bytes=0-9"), ("Cache-Control", "max-age=60"), ("Date", "Sun, 06 Nov 1994 08:49:37 GMT"),
            ],
        });

        Assert.Equal("\"a\" True 1994 \"a\" 9 60 11", response.Text);
    }

    [Fact]
    public async Task Malformed_headers_are_null_and_not_errors()
    {
        var app = new ModularApp();
        app.Get("/", () => $"{Current.Request.TypedHeaders.IfModifiedSince is null} {Current.Request.TypedHeaders.Range is null} {Current.Request.TypedHeaders.IfMatch.Count}");
        await using var client = app.TestClient();

        var response = await client.GetAsync("/", new() { Headers = [("If-Modified-Since", "yesterday"), ("Range", "pages=1"), ("If-Match", "\"")] });

        Assert.Equal("True True 0", response.Text);
    }

    [Fact]
    public async Task A_responses_headers_are_written_as_objects_or_by_name()
    {
        var app = new ModularApp();
        app.Get("/", () =>
        {
            var response = new Response("page");
            response.TypedHeaders.CacheControl = new() { Public = true, MaxAge = TimeSpan.FromMinutes(1) };
            response.TypedHeaders.Expires = DateTimeOffset.UnixEpoch;
            response.Headers.Vary = "Accept-Language";
            response.Headers.Allow = "GET, HEAD";
            response.Headers.RetryAfter = "120";
            response.Headers.WWWAuthenticate = "Basic realm=\"x\"";
            response.Headers.ContentSecurityPolicy = "default-src 'self'";
            response.Headers.AccessControlAllowOrigin = "*";
            return response;
        });
        await using var client = app.TestClient();

        var headers = (await client.GetAsync("/")).Headers;

        Assert.Equal("public, max-age=60", headers[HeaderNames.CacheControl]);
        Assert.Equal("Thu, 01 Jan 1970 00:00:00 GMT", headers[HeaderNames.Expires]);
        string[] names = [HeaderNames.Vary, HeaderNames.Allow, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate, HeaderNames.ContentSecurityPolicy, HeaderNames.AccessControlAllowOrigin];
        Assert.Equal("Accept-Language|GET, HEAD|120|Basic realm=\"x\"|default-src 'self'|*", string.Join('|', names.Select(name => headers[name])));
    }
}
