using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Modular;

/// <summary>All endpoints of an application, for ASP.NET's services that ask for them: authorization, link generation.</summary>
sealed class AppEndpoints(AppSetup setup) : EndpointDataSource
{
    public override IReadOnlyList<Endpoint> Endpoints => field ??= [.. setup.Registrations.Select(registration => registration.Target.AspNet!)];

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;
}
