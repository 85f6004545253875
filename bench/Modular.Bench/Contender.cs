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

    internal Task Ask(string method, string path)
    {
        (_http.Request.Method, _http.Request.Path) = (method, path);
        _http.Response.StatusCode = 200;
        _http.Response.Headers.Clear();
        _http.SetEndpoint(null);
        return pipeline(_http);
    }
}
