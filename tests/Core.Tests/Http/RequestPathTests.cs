using Microsoft.AspNetCore.Http.Features;

namespace Modular.Tests.Http;

public class RequestPathTests
{
    // Quoted, so that controls show.
    static string Show(HttpContext http) => VectorFile.Quote(RequestPath.Decode(http));

    static DefaultHttpContext Context(string target, string path, string mount = "")
    {
        var http = new DefaultHttpContext();
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        http.Request.Path = new(path);
        http.Request.PathBase = new(mount);
        return http;
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a?x=/y", "/a")]
    [InlineData("/caf%C3%A9", "/café")]
    [InlineData("/a%20b", "/a b")]
    [InlineData("/a+b", "/a+b")]
    [InlineData("/a%2Fb", "/a/b")]              // an encoded slash is a slash, as for WSGI servers
    [InlineData("/a%2fb", "/a/b")]
    [InlineData("/a%252Fb", "/a%2Fb")]          // decoded once, not twice
    [InlineData("/a%25b", "/a%b")]
    [InlineData("/a%zz", "/a%zz")]
    [InlineData("/a%5Cb", "/a\\b")]
    [InlineData("/a\\b", "/a\\b")]
    [InlineData("/a;v=1/b", "/a;v=1/b")]
    [InlineData("/a%3Bb", "/a;b")]
    [InlineData("/a%3Fb", "/a?b")]
    [InlineData("/a//b", "/a//b")]
    [InlineData("//evil.com/a", "/evil.com/a")] // never a host of its own
    [InlineData("/%2Fevil.com", "/evil.com")]
    [InlineData("///a", "/a")]
    [InlineData("/a/../b", "/a/../b")]          // dot segments reach the view
    [InlineData("/a/%2e%2e/b", "/a/../b")]
    [InlineData("/a/./b/.", "/a/./b/.")]
    [InlineData("/a/..", "/a/..")]
    [InlineData("/../../a", "/../../a")]
    [InlineData("/a%2F..%2Fb", "/a/../b")]
    [InlineData("/a%2Fb/../c", "/a/b/../c")]
    [InlineData("/a%FFb", "/a\uFFFDb")]         // no UTF-8
    [InlineData("/a%C0%AFb", "/a\uFFFD\uFFFDb")] // an overlong slash isn't a slash
    [InlineData("/a%E2%82b", "/a\uFFFDb")]
    [InlineData("/a%F0%9F%98%80", "/a😀")]
    [InlineData("/a%0A%7F", "/a\n\u007f")]
    [InlineData("http://a.test/a%20b%2Fc", "/a b/c")] // absolute form: the server's own reading
    [InlineData("http://a.test/a%252Fb", "/a%2Fb")]
    [InlineData("http://a.test", "/")]
    public async Task A_target_sent_to_Kestrel_gives_a_path_decoded_once(string target, string expected)
    {
        await using var server = await RawServer.Start(Show);

        var answer = await server.Get(target);

        Assert.Equal((200, VectorFile.Quote(expected)), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("/a%00b")]
    [InlineData("/a\u00FFb")]
    public async Task Kestrel_itself_refuses_what_no_path_holds(string target)
    {
        await using var server = await RawServer.Start(Show);

        var answer = await server.Get(target);

        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task The_star_of_OPTIONS_is_the_root()
    {
        await using var server = await RawServer.Start(Show);

        var answer = await server.Send("OPTIONS * HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");

        Assert.Equal("\"/\"", answer.Body);
    }

    [Theory]
    [InlineData("/app/a%2Fb", "/a/b")]
    [InlineData("/app", "/")]
    [InlineData("/app/", "/")]
    [InlineData("/APP/x", "/x")]
    [InlineData("/%61pp/x%20y", "/x y")]
    [InlineData("/app%2Fx", "/app/x")]          // not under the mount, so not stripped
    [InlineData("/application", "/application")]
    [InlineData("/app//evil.com", "/evil.com")]
    [InlineData("/x/../app/y", "/y")]           // the server's reading where dots moved the mount
    [InlineData("/app/../app/y", "/y")]
    public async Task The_mount_path_is_removed(string target, string expected)
    {
        await using var server = await RawServer.Start(Show, app => app.UsePathBase("/app"));

        var answer = await server.Get(target);

        Assert.Equal(VectorFile.Quote(expected), answer.Body);
    }

    [Theory]
    [InlineData("/a%2Fb", "/b", "/b")]
    [InlineData("/a%20b", "/x%2Fy", "/x%2Fy")]
    [InlineData("/a", "", "/")]
    public void A_rewritten_path_wins_unchanged(string target, string path, string expected)
    {
        Assert.Equal(expected, RequestPath.Decode(Context(target, path)));
    }

    [Fact]
    public void A_host_without_a_raw_target_uses_its_path()
    {
        Assert.Equal("/a b", RequestPath.Decode(Context("", "/a b")));
    }

    [Fact]
    public void A_plain_path_is_returned_without_an_allocation()
    {
        var http = Context("/user/42?x=1", "/42", "/user");
        RequestPath.Decode(http);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var path = RequestPath.Decode(http);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal("/42", path);
        Assert.Equal(0, bytes);
    }
}
