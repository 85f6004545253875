namespace Modular;

/// <summary>While a mounted application answers, <c>HttpContext.RequestServices</c> are its own and the host's; made only when somebody asks.</summary>
sealed class MountedRequest : IServiceProvidersFeature
{
    // One of these is made for each request, so it holds no more than it must.
    readonly RequestContext _context;
    readonly IServiceProvidersFeature? _around;

    internal MountedRequest(HttpContext http, RequestContext context)
    {
        (_context, _around) = (context, http.Features.Get<IServiceProvidersFeature>());
        http.Features.Set<IServiceProvidersFeature>(this);
    }

    public IServiceProvider RequestServices
    {
        get => _context.Services;
        set => _context.Http.Features.Set<IServiceProvidersFeature>(new ServiceProvidersFeature { RequestServices = value });
    }

    internal static IServiceProvider? ServicesAround(HttpContext http) =>
        http.Features.Get<IServiceProvidersFeature>() is MountedRequest mounted ? mounted._around?.RequestServices : http.RequestServices;

    internal void Leave(HttpContext http) => http.Features.Set(_around);
}
