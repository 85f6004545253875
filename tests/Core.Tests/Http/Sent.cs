using System.Text;

namespace Modular.Tests;

/// <summary>The response that a client gets, without a server.</summary>
sealed record Sent(int Status, IHeaderDictionary Headers, byte[] Bytes)
{
    internal string Body => Encoding.UTF8.GetString(Bytes);

    internal static HttpContext Request(string method = "GET", params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = method;
        foreach (var (name, value) in headers) http.Request.Headers[name] = value;
        return http;
    }

    internal static Task<Sent> Of(Response response, string method = "GET") => Of(response, Request(method));

    internal static async Task<Sent> Of(Response response, HttpContext http)
    {
        var body = new MemoryStream();
        http.Response.Body = body;
        await response.WriteAsync(http, CancellationToken.None);
        return new(http.Response.StatusCode, http.Response.Headers, body.ToArray());
    }
}
