using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Modular.Debugger;

/// <summary>A copy of a request for the console, because the server reuses its object.</summary>
sealed class RequestCopy
{
    readonly HttpRequestFeature _request;
    readonly byte[] _body;

    RequestCopy(HttpRequestFeature request, byte[] body) => (_request, _body) = (request, body);

    /// <param name="body">The body. Empty when it isn't available.</param>
    internal static RequestCopy Of(HttpRequest request, byte[] body)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in request.Headers) headers[name] = new StringValues([.. value]);
        var raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget;
        return new(new()
        {
            Method = request.Method, Scheme = request.Scheme, Protocol = request.Protocol,
            PathBase = request.PathBase.Value ?? "", Path = request.Path.Value ?? "",
            QueryString = request.QueryString.Value ?? "", RawTarget = raw ?? "", Headers = headers,
        }, body);
    }

    /// <summary>Creates a separate context that sends no response.</summary>
    internal HttpContext Open(IServiceProvider services)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = _request.Method, Scheme = _request.Scheme, Protocol = _request.Protocol,
            PathBase = _request.PathBase, Path = _request.Path,
            QueryString = _request.QueryString, RawTarget = _request.RawTarget,
            Headers = new HeaderDictionary(_request.Headers.ToDictionary()), Body = new MemoryStream(_body),
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        return new DefaultHttpContext(features) { ServiceScopeFactory = services.GetRequiredService<IServiceScopeFactory>() };
    }
}
