using System.Net;
using System.Text.Json;

namespace Microblog.Tests;

/// <summary>A client that keeps cookies and doesn't follow redirects.</summary>
sealed class Visitor : IDisposable
{
    internal const string Password = "a long enough password";

    readonly HttpClient _http;
    Task<string>? _token;

    internal Visitor(Uri url, CookieContainer? cookies = null)
    {
        Cookies = cookies ?? new();
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies, UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == Certificate.Hash;
        _http = new(handler) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(2) };
    }

    internal CookieContainer Cookies { get; }

    internal Task<Reply> Get(string path) => Send(new(HttpMethod.Get, Address(path)));

    /// <summary>A form of one of the site's pages, with its token.</summary>
    internal async Task<Reply> Post(string path, params (string Name, string Value)[] form)
    {
        (string, string)[] fields = [.. form, ("csrf_token", await Token())];
        var reply = await Send(new(HttpMethod.Post, Address(path)) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2))) });
        // A log-in, also by a new account or password, and a log-out end the tokens from before. The redirect to the log-in may follow a log-out.
        if (path is "/signup" or "/login" or "/logout" or "/settings/password" || reply.Location?.StartsWith("/login", StringComparison.Ordinal) is true) _token = null;
        return reply;
    }

    /// <summary>A post with a picture.</summary>
    internal async Task<Reply> Publish(string text, byte[] picture, string alt, string fileName = "picture.png") => await Send(new(HttpMethod.Post, Address("/post/new"))
    {
        Content = new MultipartFormDataContent
        {
            { new StringContent(await Token()), "csrf_token" }, { new StringContent(text), "text" }, { new StringContent(alt), "alt" }, { new ByteArrayContent(picture), "picture", fileName },
        },
    });

    /// <summary>The token of a form, which all forms of this visitor can use.</summary>
    internal Task<string> Token() => _token ??= ReadToken();

    async Task<string> ReadToken() => (await Get("/login")).Text.Split("name=\"csrf_token\" value=\"")[1].Split('"')[0];

    internal async Task<Reply> Send(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        return new((int)response.StatusCode, response.Headers.Location?.OriginalString, body, response.Headers, $"{response.Content.Headers.ContentType}");
    }

    /// <summary>A request of the API. Without a token of a program, one with cookies sends that of a form.</summary>
    internal async Task<Reply> Api(string method, string path, object? body = null, string? token = null)
    {
        var request = new HttpRequestMessage(new(method), Address(path));
        if (body is not null) request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), System.Text.Encoding.UTF8, "application/json");
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        else if (method != "GET" && Cookies.Count > 0) request.Headers.Add("X-CSRF-Token", await Token());
        return await Send(request);
    }

    internal Task<Reply> SignUp(string name) => Post("/signup", ("name", name), ("display_name", ""), ("password", Password));

    internal Task<Reply> LogIn(string name, string password = Password) => Post("/login", ("name", name), ("password", password));

    public void Dispose() => _http.Dispose();

    // Below the site's own address, which may have a path.
    Uri Address(string path) => new($"{_http.BaseAddress!.ToString().TrimEnd('/')}{path}");
}

/// <summary>A response that was read to its end.</summary>
sealed record Reply(int Status, string? Location, byte[] Body, System.Net.Http.Headers.HttpResponseHeaders Headers, string Type)
{
    internal string Text => System.Text.Encoding.UTF8.GetString(Body);

    internal JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
