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

    bool _applied;

    internal RouteBuilder()
    {
    }

    /// <summary>Runs on ASP.NET's endpoint when the application is frozen.</summary>
    /// <exception cref="ModularException">The application answers requests already.</exception>
    public void Add(Action<EndpointBuilder> convention)
    {
        CheckChange();
        _conventions.Add(convention);
    }

    /// <summary>Runs after all others. Order: the last one first, as in ASP.NET.</summary>
    /// <exception cref="ModularException">The application answers requests already.</exception>
    public void Finally(Action<EndpointBuilder> finallyConvention)
    {
        CheckChange();
        _finally.Insert(0, finallyConvention);
    }

    internal void Apply(EndpointBuilder endpoint)
    {
        _applied = true;
        foreach (var convention in _conventions) convention(endpoint);
        foreach (var convention in _finally) convention(endpoint);
    }

    void CheckChange()
    {
        if (_applied) throw new ModularException(
            "Metadata was added to a rule after the application had started answering. Do it before app.Run() and before the first request.");
    }
}
