using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Http.Features;

namespace Modular.Tests.Http;

public class RequestTests
{
    static Request Make(Action<HttpRequest>? change = null)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "GET";
        http.Request.Scheme = "http";
        http.Request.Headers.Host = "example.com";
        http.Request.Path = "/";
        change?.Invoke(http.Request);
        return new Request(http, new());
    }

    [Fact]
    public void The_URL_is_available_in_all_its_parts()
    {
        var request = Make(http =>
        {
            http.PathBase = "/app";
            http.Path = "/naïve page";
            http.QueryString = new("?q=a+b&r=%C3%BC");
        });

        Assert.Equal("/naïve page", request.Path);
        Assert.Equal("/naïve page?q=a+b&r=%C3%BC", request.FullPath);
        Assert.Equal("q=a+b&r=%C3%BC", request.QueryString);
        Assert.Equal("http://example.com/app/naïve%20page?q=a+b&r=ü", request.Url);
        Assert.Equal("http://example.com/app/naïve%20page", request.BaseUrl);
        Assert.Equal("http://example.com/app/", request.UrlRoot);
        Assert.Equal("http://example.com/", request.HostUrl);
        Assert.Equal("/app", request.ScriptRoot);
        Assert.Equal("example.com", request.Host);
        Assert.Equal(("http", false), (request.Scheme, request.IsSecure));
        Assert.Equal(["q", "r"], request.Args.Keys);
    }

    [Fact]
    public void A_full_path_has_its_question_mark_even_without_a_query()
    {
        Assert.Equal("/?", Make().FullPath);
        Assert.Equal("", Make(http => http.QueryString = new("?")).QueryString);
    }

    [Fact]
    public void What_was_not_sent_is_null_or_empty()
    {
        var request = Make();

        Assert.Null(request.UserAgent);
        Assert.Null(request.Referrer);
        Assert.Null(request.Origin);
        Assert.Null(request.ContentType);
        Assert.Null(request.ContentLength);
        Assert.Null(request.Authorization);
        Assert.Null(request.RemoteAddr);
        Assert.Equal("", request.MimeType);
        Assert.Empty(request.MimeTypeParameters);
        Assert.Null(request.Accept.Best("text/html"));
        Assert.Empty(request.Cookies);
        Assert.Empty(request.Args);
        Assert.Empty(request.Form);
        Assert.Empty(request.Values);
        Assert.True(request.Data.IsEmpty);
    }

    [Fact]
    public void Common_headers_have_their_own_properties()
    {
        var request = Make(http =>
        {
            http.Method = "post";
            http.ContentType = "Text/HTML; Charset=UTF-8";
            http.Headers.UserAgent = "Browser/1";
            http.Headers.Referer = "http://other.test/";
            http.Headers.Origin = "http://other.test";
            http.Headers.Accept = new(["text/html", "application/json;q=0.5"]);
            http.Headers.AcceptLanguage = "de";
            http.Headers.Authorization = "Bearer abc";
            http.Headers.Cookie = "theme=dark";
        });

        Assert.Equal("POST", request.Method);
        Assert.Equal(("text/html", "UTF-8"), (request.MimeType, request.MimeTypeParameters["charset"]));
        Assert.Equal(("Browser/1", "http://other.test/", "http://other.test"), (request.UserAgent, request.Referrer, request.Origin));
        Assert.Equal("text/html", request.Accept.Best("application/json", "text/html"));
        Assert.Equal("de-AT", request.AcceptLanguages.Best("en", "de-AT"));
        Assert.Equal("abc", request.Authorization?.Parameter);
        Assert.Equal("dark", request.Cookies["theme"]);
    }

    [Fact]
    public void The_address_of_the_client_is_that_of_the_connection()
    {
        var request = Make(http =>
        {
            http.HttpContext.Connection.RemoteIpAddress = IPAddress.Parse("::ffff:10.0.0.1");
            http.Headers["X-Forwarded-For"] = "1.2.3.4";
        });

        Assert.Equal("10.0.0.1", request.RemoteAddr);
    }

    [Theory]
    [InlineData("", null, "")]
    [InlineData("admin", "admin", "admin")]
    [InlineData("admin users", "admin.users", "admin.users,admin")]
    public void Blueprints_are_listed_by_their_full_names_from_the_innermost_outwards(string names, string? blueprint, string all)
    {
        var request = Make();
        request.BlueprintNames = names.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(blueprint, request.Blueprint);
        Assert.Equal(all, string.Join(',', request.Blueprints));
    }

    [Fact]
    public void View_arguments_are_created_once_on_first_use()
    {
        var made = 0;
        var request = Make();
        request.ViewArgsSource = () => new Dictionary<string, object?> { ["id"] = ++made };

        Assert.Equal(0, made);
        Assert.Equal(1, request.ViewArgs!["id"]);
        Assert.Equal(1, request.ViewArgs["id"]);
    }

    public static TheoryData<string> Members() =>
        [.. typeof(Request).GetProperties().Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Members))]
    public void After_its_end_every_property_throws(string member)
    {
        var request = Make(http => http.ContentType = "application/json");
        var property = typeof(Request).GetProperty(member)!;
        // Looked at before, so that a kept value would show.
        if (member != nameof(Request.Json)) property.GetValue(request);

        request.End();

        var error = Assert.Throws<TargetInvocationException>(() => property.GetValue(request)).InnerException;
        Assert.Equal(
            "Current.Request was read after its request had ended. Read what you need before the task starts, or await it in the view.",
            Assert.IsType<ModularException>(error).Message);
    }

    [Fact]
    public void After_its_end_every_method_throws()
    {
        var request = Make();

        request.End();

        Assert.Throws<ModularException>(() => request.GetText());
        Assert.Throws<ModularException>(() => request.GetJson(force: true));
        Assert.Throws<ModularException>(() => request.GetJson<int>(silent: true));
        Assert.Equal("a request that has ended", request.ToString());
    }

    [Fact]
    public void A_request_shows_its_method_and_URL()
    {
        Assert.Equal("GET http://example.com/a?b=c", Make(http => (http.Path, http.QueryString) = ("/a", new("?b=c"))).ToString());
    }

    [Fact]
    public async Task A_request_without_a_body_is_read_without_cost()
    {
        var request = Make(http => http.HttpContext.Features.Set<IHttpRequestBodyDetectionFeature>(new NoBody()));
        var other = Make(http => http.HttpContext.Features.Set<IHttpRequestBodyDetectionFeature>(new NoBody()));
        await other.ReadBodyAsync(failsLater: true, default);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = request.ReadBodyAsync(failsLater: true, default);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(reading.IsCompletedSuccessfully);
        Assert.Equal(0, bytes);
    }

    sealed class NoBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => false;
    }
}
