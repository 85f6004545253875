using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;

namespace Modular;

/// <summary>All endpoints of an application in one host, for ASP.NET's services that ask for them: authorization, link generation.</summary>
sealed class AppEndpoints : EndpointDataSource
{
    IReadOnlyList<Endpoint> _endpoints = [];

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints;

    internal void Fill(IEnumerable<ViewEndpoint> endpoints) => _endpoints = [.. endpoints.Select(endpoint => endpoint.AspNet)];

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;
}
