using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.TestHost;

namespace Modular.Testing;

/// <summary>Sends requests to an application in this process, without sockets. Made by <c>app.TestClient()</c>.</summary>
/// <remarks>Thread: requests may be sent side by side; they share the cookies.</remarks>
/// <example><code>
/// await using var client = app.TestClient();
/// var response = await client.PostAsync("/login", new() { Form = [("username", "peter")] });
/// Assert.Equal(302, response.Status);
/// </code></example>
public sealed class TestClient : IAsyncDisposable
{
    const int MaxRedirects = 20;

    readonly TestClientOptions _options;
    readonly WebApplication _host;
    readonly TestServer _server;
    readonly Task _started;
    readonly Uri _base;

    internal TestClient(ModularApp app, TestClientOptions options)
    {
        (_options, _base) = (options, new Uri(options.BaseUrl));
        app.PropagatesExceptions ??= options.PropagateExceptions;
        _host = app.Build(builder => builder.WebHost.UseTestServer(server => server.PreserveExecutionContext = false));
        _started = _host.StartAsync();
        _server = _host.GetTestServer();
        _server.BaseAddress = _base;
    }

    /// <summary>The cookies that it keeps and sends.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>Sends a GET.</summary>
    public Task<TestResponse> GetAsync(string path, TestRequest? request = null) => SendAsync("GET", path, request);

    /// <summary>Sends a POST.</summary>
    public Task<TestResponse> PostAsync(string path, TestRequest? request = null) => SendAsync("POST", path, request);

    /// <summary>Sends a PUT.</summary>
    public Task<TestResponse> PutAsync(string path, TestRequest? request = null) => SendAsync("PUT", path, request);

    /// <summary>Sends a PATCH.</summary>
    public Task<TestResponse> PatchAsync(string path, TestRequest? request = null) => SendAsync("PATCH", path, request);

    /// <summary>Sends a DELETE.</summary>
    public Task<TestResponse> DeleteAsync(string path, TestRequest? request = null) => SendAsync("DELETE", path, request);

    /// <summary>Sends a HEAD.</summary>
    public Task<TestResponse> HeadAsync(string path, TestRequest? request = null) => SendAsync("HEAD", path, request);

    /// <summary>Sends an OPTIONS.</summary>
    public Task<TestResponse> OptionsAsync(string path, TestRequest? request = null) => SendAsync("OPTIONS", path, request);

    /// <summary>Sends a request and reads its answer to the end.</summary>
    /// <param name="method">Any method.</param>
    /// <param name="path">Path and query, sent as written, dot segments and all; or a whole URL for another host.</param>
    /// <param name="request">Headers and body.</param>
    /// <exception cref="InvalidOperationException">More than 20 redirects.</exception>
    public async Task<TestResponse> SendAsync(string method, string path, TestRequest? request = null)
    {
        var given = request ?? new();
        var ((target, raw), verb, content) = (Target(path, given), method, given.MakeContent());
        var body = content is null ? null : await content.ReadAsByteArrayAsync();
        var history = new List<TestResponse>();
        while (true)
        {
            using var message = await OpenAsync(verb, target, raw, given.Headers, Copy(body, content));
            var response = new TestResponse(message, await message.Content.ReadAsByteArrayAsync(), [.. history]);
            if (!(given.FollowRedirects ?? _options.FollowRedirects) || response.Location is not { } location || response.Status / 100 != 3) return response;
            if (history.Count == MaxRedirects) throw new InvalidOperationException(
                $"{method} {path} was redirected {MaxRedirects} times, last to {location}. Mend the loop, or set FollowRedirects = false.");
            history.Add(response);
            target = new Uri(target, location);
            raw = target.PathAndQuery;
            if (response.Status == 303 ? verb != "HEAD" : response.Status is 301 or 302 && verb == "POST") (verb, body) = ("GET", null);
        }
    }

    /// <summary>Sends a request and gives its answer as soon as the headers are there; the body can then be read while it arrives.</summary>
    public Task<HttpResponseMessage> StreamAsync(string path, string method = "GET", TestRequest? request = null)
    {
        var (target, raw) = Target(path, request ?? new());
        return OpenAsync(method, target, raw, request?.Headers ?? [], request?.MakeContent());
    }

    /// <summary>Stops the application's host.</summary>
    public async ValueTask DisposeAsync()
    {
        await _started;
        await _host.DisposeAsync();
    }

    async Task<HttpResponseMessage> OpenAsync(string method, Uri target, string raw, IReadOnlyList<(string Name, string Value)> headers, HttpContent? content)
    {
        await _started;
        using var message = new HttpRequestMessage(new HttpMethod(method), target) { Content = content };
        foreach (var (name, value) in headers)
            if (!message.Headers.TryAddWithoutValidation(name, value)) (message.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        if (_options.UseCookies && Cookies.GetCookieHeader(target) is { Length: > 0 } cookies) message.Headers.TryAddWithoutValidation("Cookie", cookies);
        var http = new HttpClient(_server.CreateHandler(context => AsReceived(context, raw))) { Timeout = TimeSpan.FromMinutes(1) };
        var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        response.RequestMessage ??= message;
        if (_options.UseCookies && response.Headers.TryGetValues("Set-Cookie", out var set))
            foreach (var cookie in set) Cookies.SetCookies(target, cookie);
        return response;
    }

    // What a server on a socket knows, and the one in memory does not tell.
    static void AsReceived(HttpContext context, string raw)
    {
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = raw;
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
    }

    // The address, and the path with its query as it goes over the wire: an Uri has no dot segments any more.
    (Uri Target, string Raw) Target(string path, TestRequest request)
    {
        var query = string.Join('&', request.Query.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));
        if (query.Length > 0) path += path.Contains('?') ? $"&{query}" : $"?{query}";
        if (!path.StartsWith('/'))
        {
            var whole = new Uri(_base, path);
            return (whole, whole.PathAndQuery);
        }
        var raw = Ascii(_base.AbsolutePath.TrimEnd('/') + path.Split('#')[0]);
        return (new Uri(_base.GetLeftPart(UriPartial.Authority) + raw), raw);
    }

    static string Ascii(string path)
    {
        if (path.All(c => c is > ' ' and < '\x7F')) return path;
        var ascii = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(path))
            if (octet is > (byte)' ' and < 0x7F) ascii.Append((char)octet);
            else ascii.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        return ascii.ToString();
    }

    static ByteArrayContent? Copy(byte[]? body, HttpContent? like)
    {
        if (body is null || like is null) return null;
        var content = new ByteArrayContent(body);
        foreach (var (name, values) in like.Headers.NonValidated) content.Headers.TryAddWithoutValidation(name, values.ToString());
        return content;
    }
}
