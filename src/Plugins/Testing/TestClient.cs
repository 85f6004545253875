using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Modular.Testing;

/// <summary>Sends requests to an application in this process, without sockets. Made by <c>app.TestClient()</c>.</summary>
/// <remarks>
/// Thread: requests may be sent side by side; they share the cookies. Two clients of one application are two visitors: each has cookies of its own.
/// </remarks>
/// <example><code>
/// await using var client = app.TestClient();
/// var response = await client.PostAsync("/login", new() { Form = [("username", "peter")] });
/// Assert.Equal(302, response.Status);
/// </code></example>
public sealed class TestClient : IAsyncDisposable
{
    const int MaxRedirects = 20;

    readonly TestClientOptions _options;
    readonly SharedHost _host;
    readonly Uri _base;
    bool _isDisposed;

    internal TestClient(ModularApp app, TestClientOptions options)
    {
        (_options, _base) = (options, new Uri(options.BaseUrl.TrimEnd('/') + "/"));
        _host = SharedHost.Join(app, options.PropagateExceptions);
    }

    /// <summary>The cookies that it keeps and sends, as many as a browser would.</summary>
    public CookieContainer Cookies { get; } = new() { Capacity = 3000, PerDomainCapacity = 180 };

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
    /// <exception cref="InvalidOperationException">More than 20 redirects, or one to another host.</exception>
    public async Task<TestResponse> SendAsync(string method, string path, TestRequest? request = null)
    {
        var given = request ?? new();
        var ((target, raw), verb, content) = (Target(path, given), method, given.MakeContent());
        var body = content is null ? null : await content.ReadAsByteArrayAsync();
        var (headers, history) = (given.Headers, new List<TestResponse>());
        while (true)
        {
            using var message = await OpenAsync(verb, target, raw, headers, Copy(body, content));
            var response = new TestResponse(message, await message.Content.ReadAsByteArrayAsync(), target, [.. history]);
            if (!(given.FollowRedirects ?? _options.FollowRedirects) || !response.IsRedirect) return response;
            if (history.Count == MaxRedirects) throw new InvalidOperationException(
                $"{method} {path} was redirected {MaxRedirects} times, last to {response.Location}. Mend the loop, or set FollowRedirects = false.");
            var next = new Uri(target, response.Location);
            if (next.Host != target.Host) throw new InvalidOperationException(
                $"{method} {path} was redirected to another host, {next}. Set FollowRedirects = false, and look at the response's Location.");
            history.Add(response);
            (target, raw) = (next, next.PathAndQuery);
            if (!(response.Status == 303 ? verb != "HEAD" : response.Status is 301 or 302 && verb == "POST")) continue;
            (verb, body) = ("GET", null);
            headers = [.. headers.Where(header => !header.Name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))];
        }
    }

    /// <summary>Sends a request and gives its answer as soon as the headers are there; the body can then be read while it arrives.</summary>
    public Task<HttpResponseMessage> StreamAsync(string path, string method = "GET", TestRequest? request = null)
    {
        var (target, raw) = Target(path, request ?? new());
        return OpenAsync(method, target, raw, request?.Headers ?? [], request?.MakeContent());
    }

    /// <summary>Stops the application's host, unless another client still uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        await _host.LeaveAsync();
    }

    async Task<HttpResponseMessage> OpenAsync(
        string method, Uri target, string raw, IReadOnlyList<(string Name, string Value)> headers, HttpContent? content)
    {
        await _host.Started;
        // Not disposed of: that would end a body that is still being sent while its answer comes in.
        var message = new HttpRequestMessage(new HttpMethod(method), target) { Content = content };
        foreach (var (name, value) in headers)
            if (!message.Headers.TryAddWithoutValidation(name, value)) AddToContent(message, name, value);
        if (_options.UseCookies && Cookies.GetCookieHeader(target) is { Length: > 0 } cookies) message.Headers.TryAddWithoutValidation("Cookie", cookies);
        var http = new HttpClient(_host.Handler(_base, context => AsReceived(context, raw))) { Timeout = TimeSpan.FromMinutes(1) };
        var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        if (_options.UseCookies && response.Headers.TryGetValues("Set-Cookie", out var set))
            foreach (var cookie in set) Keep(target, cookie);
        return response;
    }

    // A header such as Content-Type stands with the body, and wins over the body's own.
    static void AddToContent(HttpRequestMessage message, string name, string value)
    {
        var headers = (message.Content ??= new ByteArrayContent([])).Headers;
        headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }

    void Keep(Uri target, string cookie)
    {
        try
        {
            Cookies.SetCookies(target, cookie);
        }
        catch (CookieException)
        {
            // For another site, too large, or malformed: a browser drops it, too. The header can still be looked at.
        }
    }

    // What a server on a socket knows, and the one in memory does not tell.
    static void AsReceived(HttpContext context, string raw)
    {
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = raw;
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
    }

    // The address, and its path and query as they go over the wire: an Uri has no dot segments any more.
    (Uri Target, string Raw) Target(string path, TestRequest request)
    {
        path = path.Split('#')[0];
        if (request.Query.Count > 0) path += (path.Contains('?') ? '&' : '?')
            + string.Join('&', request.Query.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));
        // A path may start with two slashes, and must not be taken for a host then.
        var target = path.StartsWith('/') ? new Uri(_base.AbsoluteUri.TrimEnd('/') + path) : new Uri(_base, path);
        return (target, path.StartsWith('/') ? Ascii(_base.AbsolutePath.TrimEnd('/') + path) : target.PathAndQuery);
    }

    static string Ascii(string path)
    {
        if (path.All(c => c is > ' ' and < '\x7F')) return path;
        var ascii = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(path))
            if (octet is > (byte)' ' and < 0x7F) ascii.Append((char)octet);
            else ascii.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
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
