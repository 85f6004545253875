using Microsoft.AspNetCore.Http.Features;

namespace Modular.Bench;

/// <summary>One framework's pipeline, asked again and again with the same HttpContext, without a network.</summary>
sealed class Contender(RequestDelegate pipeline, IServiceProvider services)
{
    readonly DefaultHttpContext _http = Make(services);

    static DefaultHttpContext Make(IServiceProvider services)
    {
        var http = new DefaultHttpContext { ServiceScopeFactory = services.GetRequiredService<IServiceScopeFactory>() };
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        http.Request.Scheme = "http";
        http.Request.Host = new HostString("localhost");
        return http;
    }

    /// <summary>Asks once, and sends the cookie that came back from now on.</summary>
    internal async Task LogIn(string path)
    {
        var original = _http.Features.Get<IHttpResponseFeature>();
        var starting = new StartingResponse();
        _http.Features.Set<IHttpResponseFeature>(starting);
        await Ask("GET", path);
        await starting.Start();
        _http.Request.Headers.Cookie = $"{starting.Headers.SetCookie}".Split(';')[0];
        _http.Features.Set(original);
    }

    internal string Cookie => $"{_http.Request.Headers.Cookie}";

    // ASP.NET's session sets its cookie when the response starts, which it only does on a server.
    sealed class StartingResponse : HttpResponseFeature
    {
        readonly List<(Func<object, Task> Callback, object State)> _callbacks = [];

        public override void OnStarting(Func<object, Task> callback, object state) => _callbacks.Add((callback, state));

        internal async Task Start()
        {
            foreach (var (callback, state) in _callbacks) await callback(state);
        }
    }

    internal Task Ask(string method, string path)
    {
        (_http.Request.Method, _http.Request.Path) = (method, path);
        _http.Response.StatusCode = 200;
        _http.Response.Headers.Clear();
        _http.SetEndpoint(null);
        return pipeline(_http);
    }
}
