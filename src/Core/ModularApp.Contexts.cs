namespace Modular;

public sealed partial class ModularApp
{
    /// <summary>The context of a test request, current until it is disposed of. The request is matched, but hooks don't run.</summary>
    /// <param name="path">Path and query: <c>/hello?name=Flask</c>.</param>
    /// <param name="baseUrl">Scheme, host and mount path. Default: as for URLs outside a request, or <c>localhost</c>.</param>
    /// <example><code>
    /// using (app.TestRequestContext("/hello", method: "POST"))
    ///     Assert.Equal("POST", Current.Request.Method);
    /// </code></example>
    public ContextScope TestRequestContext(
        string path = "/", string method = "GET", IEnumerable<(string Name, string Value)>? form = null,
        string? json = null, IEnumerable<(string Name, string Value)>? headers = null, string? baseUrl = null)
    {
        var pipeline = Freeze();
        var http = new DefaultHttpContext { ServiceScopeFactory = pipeline.Plan.Services.GetRequiredService<IServiceScopeFactory>() };
        var (target, root) = (new Uri(new Uri("http://localhost/"), path), new Uri(baseUrl ?? DefaultBaseUrl));
        var request = http.Request;
        (request.Method, request.Scheme, request.Host) = (method.ToUpperInvariant(), root.Scheme, HostString.FromUriComponent(root));
        request.PathBase = PathString.FromUriComponent(root.AbsolutePath.TrimEnd('/'));
        request.Path = PathString.FromUriComponent(target);
        request.QueryString = Microsoft.AspNetCore.Http.QueryString.FromUriComponent(target);
        foreach (var (name, value) in headers ?? []) request.Headers.Append(name, value);
        if (form is not null) Fill("application/x-www-form-urlencoded",
            string.Join('&', form.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}")));
        else if (json is not null) Fill("application/json", json);
        var scope = pipeline.Scope(http);
        // The body is in memory, so this completes synchronously. An error is thrown when the body is read.
        _ = scope.Context.Request.ReadBodyAsync(failsLater: false, CancellationToken.None).AsTask().Exception;
        return scope;

        void Fill(string type, string body)
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            (request.ContentType, request.ContentLength, request.Body) = (type, bytes.Length, new MemoryStream(bytes));
        }
    }

    string DefaultBaseUrl => $"{Options.PreferredUrlScheme}://{Options.ServerName ?? "localhost"}/{Options.ApplicationRoot.Trim('/')}";

    /// <summary>The context of another server's request, current until it is disposed of. It is matched, but hooks don't run.</summary>
    public ContextScope RequestContext(HttpContext http) => Freeze(foreign: http.RequestServices).Scope(http);

    /// <summary>A context without a request, for scripts and background work: <c>Current.App</c> and <c>Current.G</c> work in it.</summary>
    public ContextScope AppContext() => Freeze().Scope(null);
}
