using Microsoft.AspNetCore.Builder;

namespace Modular;

/// <summary>
/// What <c>app.Route(…)</c> gives back: metadata for the rule, by ASP.NET's own words,
/// such as <c>.WithMetadata(new AuthorizeAttribute())</c>, <c>.RequireAuthorization()</c>, <c>.RequireCors("x")</c>, <c>.CacheOutput()</c>.
/// </summary>
public sealed class RouteBuilder : IEndpointConventionBuilder
{
    readonly List<Action<EndpointBuilder>> _conventions = [];
    readonly List<Action<EndpointBuilder>> _finally = [];

    internal RouteBuilder()
    {
    }

    /// <summary>Runs on ASP.NET's endpoint when the application is frozen.</summary>
    public void Add(Action<EndpointBuilder> convention) => _conventions.Add(convention);

    /// <summary>Runs after all others. Order: the last one first, as in ASP.NET.</summary>
    public void Finally(Action<EndpointBuilder> finallyConvention) => _finally.Insert(0, finallyConvention);

    internal void Apply(EndpointBuilder endpoint)
    {
        foreach (var convention in _conventions) convention(endpoint);
        foreach (var convention in _finally) convention(endpoint);
    }
}
