using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Modular.Tests.Http;

/// <summary>For any input, a reader returns a value or throws an <see cref="HttpException"/>; the seed makes a failure repeatable.</summary>
public class HostileInputTests
{
    const int Rounds = 20_000;

    static readonly string[] Pieces =
    [
        "a", "b=", "=", ";", ",", "&", "\"", "\\", "\\3", "03", "%", "%2", "%2F", "%C3", "%C3%BC", "%FF", "%00", "+", " ", "\t", "\r", "\n", "\r\n", "\r\n\r\n",
        "/", "//", "/.", "/..", "?", "#", ":", "::", "[", "]", "*", "*0", "*0*=", "utf-8''", "'", "ü", "\uD800", "\0", "q=", "0.5", "text/html", "*/*",
        "--B", "--B\r\n", "--B--", "Content-Disposition: form-data; name=", "filename=", "charset=", "boundary=B", "Basic ", "xn--", ":80", "é😀",
    ];

    static void Try(Action<string> read)
    {
        var random = new Random(20251122);
        var text = new StringBuilder();
        for (var round = 0; round < Rounds; round++)
        {
            text.Clear();
            for (var count = random.Next(12); count > 0; count--) text.Append(Pieces[random.Next(Pieces.Length)]);
            var input = text.ToString();
            var error = Record.Exception(() => read(input));
            Assert.True(error is null or HttpException, $"{VectorFile.Quote(input)}: {error}");
        }
    }

    [Fact]
    public void No_query_breaks_its_reader() => Try(text => QueryString.Parse(text));

    [Fact]
    public void No_cookie_breaks_its_reader() => Try(text => RequestCookies.Parse(text));

    [Fact]
    public void No_header_breaks_its_reader() => Try(text =>
    {
        MediaType.Bare(text);
        AuthorizationHeader.Parse(text);
        AcceptHeader.OfTypes(text).Best("text/html", "application/json");
        AcceptHeader.OfLanguages(text).Best("de", "en-GB");
    });

    [Fact]
    public void No_host_and_no_address_breaks_its_reader() => Try(text =>
    {
        var host = RequestHost.Normalize("http", text);
        RequestHost.IsTrusted(host, [".a", "b"]);
        RequestUrl.Build("http", host, text, text, text);
    });

    [Fact]
    public void No_target_breaks_its_reader_and_every_path_starts_with_one_slash() => Try(text =>
    {
        var http = new DefaultHttpContext();
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = $"/{text}";
        http.Request.Path = new($"/{text}");

        var path = RequestPath.Decode(http);

        Assert.True(path is ['/'] or ['/', not '/', ..], path);
    });
}
