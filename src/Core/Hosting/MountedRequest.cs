using Microsoft.AspNetCore.Http.Features;

namespace Modular;

/// <summary>While a mounted application answers, <c>HttpContext.RequestServices</c> are its own and the host's; made only when somebody asks.</summary>
sealed class MountedRequest : IServiceProvidersFeature
{
    readonly HttpContext _http;
    readonly RequestContext _context;
    readonly IServiceProvidersFeature? _around;

    internal MountedRequest(HttpContext http, RequestContext context)
    {
        (_http, _context, _around) = (http, context, http.Features.Get<IServiceProvidersFeature>());
        http.Features.Set<IServiceProvidersFeature>(this);
    }

    public IServiceProvider RequestServices
    {
        get => field ?? _context.Services;
        set;
    }

    /// <summary>The services of the host, also while a mounted application answers.</summary>
    internal static IServiceProvider? ServicesAround(HttpContext http) =>
        http.Features.Get<IServiceProvidersFeature>() is MountedRequest mounted ? mounted._around?.RequestServices : http.RequestServices;

    /// <summary>From here on they are the host's again.</summary>
    internal void Leave() => _http.Features.Set(_around);
}
