using Microsoft.AspNetCore.Http.Features;

namespace Modular.Testing;

/// <summary>Sends requests to an application in this process, without sockets. Create it with <c>app.TestClient()</c>.</summary>
/// <remarks>
/// Thread: requests can be sent concurrently and share the cookies. Two clients of one application are two visitors with separate cookies.
/// </remarks>
/// <example><code>
/// await using var client = app.TestClient();
/// var response = await client.PostAsync("/login", new() { Form = [("username", "peter")] });
/// Assert.Equal(302, response.Status);
/// </code></example>
public sealed class TestClient : IAsyncDisposable
{
    const int MaxRedirects = 20;

    readonly ModularApp _app;
    readonly TestClientOptions _options;
    readonly SharedHost _host;
    readonly Uri _base;
    WatchedRequest? _kept;
    bool _isDisposed;

    internal TestClient(ModularApp app, TestClientOptions options)
    {
        (_app, _options, _base) = (app, options, TestAddress.BaseOf(app, options));
        _host = SharedHost.Join(app, options.PropagateExceptions);
        Cookies = new(_base) { Clock = _host.Clock };
    }

    /// <summary>The cookies of this client.</summary>
    public CookieJar Cookies { get; }

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

    /// <summary>Sends a request and reads the complete response.</summary>
    /// <param name="method">Any method.</param>
    /// <param name="path">The path and query, sent as written, including dot segments. Or an absolute URL for another host.</param>
    /// <param name="request">Headers and body.</param>
    /// <exception cref="InvalidOperationException">A redirect is a loop, is the 20th, or leads to another host. Or a server couldn't send
    /// the response.</exception>
    public async Task<TestResponse> SendAsync(string method, string path, TestRequest? request = null)
    {
        var given = request ?? new();
        var (address, verb, content) = (TestAddress.Of(_base, path, given.Query), method, given.MakeContent());
        var body = content is null ? null : await content.ReadAsByteArrayAsync();
        var (headers, follows, way) = (given.Headers, given.FollowRedirects
            ?? _options.FollowRedirects, new RedirectWay($"{method} {path}", MaxRedirects, _options.FollowSubdomains));
        while (true)
        {
            var watched = await WatchAsync(given, follows);
            var message = await OpenAsync(verb, address, headers, Copy(body, content), watched);
            var stated = message.Content.Headers.ContentLength;
            var bytes = await watched.ReadAsync(message);
            if (verb != "HEAD") CheckLength(stated, bytes.Length, verb, path);
            var response = new TestResponse(message, bytes, address.Target, [.. way.History], watched);
            if (!follows || !response.IsRedirect) return response;
            var next = way.Follow(response, address.Target);
            address = new(next, next.PathAndQuery);
            if (!(response.Status == 303 ? verb != "HEAD" : response.Status is 301 or 302 && verb == "POST")) continue;
            (verb, body) = ("GET", null);
            headers = [.. headers.Where(header => !RedirectWay.IsOfBody(header.Name))];
        }
    }

    /// <summary>Sends a request and returns the response when its headers have arrived. The body can be read while it arrives.</summary>
    public async Task<HttpResponseMessage> StreamAsync(string path, string method = "GET", TestRequest? request = null)
    {
        var given = request ?? new();
        return await OpenAsync(method, TestAddress.Of(_base, path, given.Query), given.Headers, given.MakeContent(),
            await WatchAsync(given with { KeepContext = false }, follows: false));
    }

    /// <summary>Opens a WebSocket.</summary>
    /// <param name="path">The path and query.</param>
    /// <param name="protocols">The offered subprotocols.</param>
    /// <param name="headers">Additional headers of the handshake.</param>
    /// <exception cref="InvalidOperationException">The application didn't accept the handshake.</exception>
    public async Task<TestWebSocket> WebSocketAsync(string path, IReadOnlyList<string>? protocols = null,
        IReadOnlyList<(string Name, string Value)>? headers = null)
    {
        await ReleaseAsync();
        await _host.Started;
        var address = TestAddress.Of(_base, path, []);
        var opener = _host.WebSockets(_base);
        foreach (var protocol in protocols ?? []) opener.SubProtocols.Add(protocol);
        opener.ConfigureRequest = request =>
        {
            foreach (var (name, value) in WithDefaults(headers ?? [])) request.Headers.Append(name, value);
            if (CookiesFor(address.Target) is { } cookies) request.Headers.Append("Cookie", cookies);
            AsReceived(request.HttpContext, address, new(keeps: false, follows: false));
        };
        var uri = new UriBuilder(address.Target) { Scheme = _base.Scheme == "https" ? "wss" : "ws" }.Uri;
        try
        {
            return new(await opener.ConnectAsync(uri, CancellationToken.None));
        }
        catch (InvalidOperationException refused) when (refused.Message.StartsWith("Incomplete handshake", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"The WebSocket {path} wasn't opened. The response was " +
                $"{refused.Message[(refused.Message.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(' ')}. "
                + "Call client.GetAsync(…) to see the full response.", refused);
        }
    }

    /// <summary>
    /// Changes the visitor's stored data without a request: <c>await client.SessionTransactionAsync(() => Current.Session["user"] = 7)</c>.
    /// Plugin data such as the session is loaded from the client's cookies before, and saved afterwards. No hook and no view runs.
    /// </summary>
    /// <param name="change">Runs in a request context.</param>
    /// <param name="path">The path of the request context. Default: the root.</param>
    public Task SessionTransactionAsync(Action change, string path = "/") => SessionTransactionAsync(_ =>
    {
        change();
        return default;
    }, path);

    /// <inheritdoc cref="SessionTransactionAsync(Action, string)"/>
    /// <summary>The same for a change with a value, such as an assignment, or with a task, which is awaited.</summary>
    public Task SessionTransactionAsync<T>(Func<T> change, string path = "/") => SessionTransactionAsync(_ => change() switch
    {
        Task task => new ValueTask(task),
        ValueTask task => task,
        _ => default,
    }, path);

    /// <inheritdoc cref="SessionTransactionAsync(Action, string)"/>
    public async Task SessionTransactionAsync(Func<RequestContext, ValueTask> change, string path = "/")
    {
        if (!_options.UseCookies)
            throw new InvalidOperationException(
                "A session transaction needs the client's cookies, which are off. Create the client with UseCookies = true.");
        await _host.Started;
        var target = TestAddress.Of(_base, path, []).Target;
        var response = new Response();
        await using (var scope = _app.TestRequestContext(path, headers: CookiesFor(target) is { } cookies ? [("Cookie", cookies)] : [],
            baseUrl: _base.AbsoluteUri))
        {
            await scope.OpenAsync();
            await change(scope.Context);
            await scope.SaveAsync(response);
        }
        foreach (var cookie in response.Headers.SetCookie) Cookies.Take(target, cookie!);
    }

    /// <summary>Ends the kept context of the last request, if any, and runs its teardown hooks.</summary>
    public async ValueTask ReleaseAsync()
    {
        if (Interlocked.Exchange(ref _kept, null) is { } kept) await kept.ReleaseAsync();
    }

    /// <summary>Stops the application's host unless another client uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        await ReleaseAsync();
        await _host.LeaveAsync();
    }

    // Only the context of the last request is kept.
    async ValueTask<WatchedRequest> WatchAsync(TestRequest request, bool follows)
    {
        var watched = new WatchedRequest(request.KeepContext ?? _options.KeepContext, follows);
        if (Interlocked.Exchange(ref _kept, watched) is { } before) await before.ReleaseAsync();
        return watched;
    }

    async Task<HttpResponseMessage> OpenAsync(
        string method, TestAddress address, IReadOnlyList<(string Name,
            string Value)> headers, HttpContent? content, WatchedRequest watched)
    {
        await _host.Started;
        // Not disposed, because that would end a body that is still being sent while the response arrives.
        var message = new HttpRequestMessage(new HttpMethod(method), address.Readable) { Content = content };
        foreach (var (name, value) in WithDefaults(headers))
            if (!message.Headers.TryAddWithoutValidation(name, value)) AddToContent(message, name, value);
        if (CookiesFor(address.Target) is { } cookies) message.Headers.TryAddWithoutValidation("Cookie", cookies);
        var handler = _host.Handler(_base, context => AsReceived(context, address, watched));
        var http = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(1) };
        var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        if (_options.UseCookies && response.Headers.TryGetValues("Set-Cookie", out var set))
            foreach (var cookie in set) Cookies.Take(address.Target, cookie);
        return response;
    }

    // A server on a socket closes the connection, but the in-memory server accepts it.
    static void CheckLength(long? stated, int length, string method, string path)
    {
        if (stated is not null && stated != length) throw new InvalidOperationException(
            $"The response to {method} {path} has the Content-Length {stated} but a body of {length} bytes. " +
            "Remove the header, or set it to the length of the body.");
    }

    string? CookiesFor(Uri target) => _options.UseCookies && Cookies.HeaderFor(target) is { Length: > 0 } cookies ? cookies : null;

    IEnumerable<(string Name, string Value)> WithDefaults(IReadOnlyList<(string Name, string Value)> headers) =>
        _options.Headers.Where(usual => !headers.Any(header => header.Name.Equals(usual.Name, StringComparison.OrdinalIgnoreCase)))
            .Concat(headers);

    // A header such as Content-Type belongs to the body and replaces the body's own header.
    static void AddToContent(HttpRequestMessage message, string name, string value)
    {
        var headers = (message.Content ??= new ByteArrayContent([])).Headers;
        headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }

    // Sets values that a server on a socket provides and the in-memory server doesn't.
    void AsReceived(HttpContext context, TestAddress address, WatchedRequest watched)
    {
        address.Restore(context, context.Features.GetRequiredFeature<IHttpRequestFeature>());
        context.Connection.RemoteIpAddress = _options.RemoteAddress;
        watched.Receive(context);
    }

    static ByteArrayContent? Copy(byte[]? body, HttpContent? like)
    {
        if (body is null || like is null) return null;
        var content = new ByteArrayContent(body);
        foreach (var (name, values) in like.Headers.NonValidated) content.Headers.TryAddWithoutValidation(name, values.ToString());
        return content;
    }
}
