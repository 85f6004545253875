using Microsoft.AspNetCore.Http.Metadata;

namespace Modular;

/// <summary>
/// What <c>app.Route(…)</c> gives back: metadata for the rule, by ASP.NET's own words,
/// such as <c>.Produces&lt;Post&gt;(201)</c>, <c>.WithMetadata(new AuthorizeAttribute())</c>, <c>.RequireAuthorization()</c>, <c>.RequireCors("x")</c>, <c>.CacheOutput()</c>.
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

    /// <summary>Adds an answer to the description of the API, as ASP.NET's word of the same name does.</summary>
    /// <param name="statusCode">Its status.</param>
    /// <param name="contentType">Default <c>application/json</c>.</param>
    /// <param name="additionalContentTypes">Others that it may have.</param>
    /// <typeparam name="TResponse">The type of its body.</typeparam>
    /// <exception cref="ModularException">The application answers requests already.</exception>
    public RouteBuilder Produces<TResponse>(int statusCode = StatusCodes.Status200OK, string? contentType = null, params string[] additionalContentTypes) =>
        Produces(statusCode, typeof(TResponse), contentType, additionalContentTypes);

    /// <inheritdoc cref="Produces{TResponse}(int, string?, string[])"/>
    /// <param name="responseType">The type of its body; null for an answer without one.</param>
    public RouteBuilder Produces(int statusCode, Type? responseType = null, string? contentType = null, params string[] additionalContentTypes)
    {
        string[] types = contentType is not null ? [contentType, .. additionalContentTypes] : responseType is null ? [] : ["application/json", .. additionalContentTypes];
        return this.WithMetadata(new ProducesResponseTypeMetadata(statusCode, responseType ?? typeof(void), types));
    }

    /// <summary>Adds the body that requests have to the description of the API, for a view that reads it by itself. As ASP.NET's word of the same name.</summary>
    /// <param name="contentType">Its media type. Requests of another one are still answered.</param>
    /// <param name="additionalContentTypes">Others that it may have.</param>
    /// <typeparam name="TRequest">The type of the body.</typeparam>
    /// <exception cref="ModularException">The application answers requests already.</exception>
    public RouteBuilder Accepts<TRequest>(string contentType, params string[] additionalContentTypes) where TRequest : notnull =>
        Accepts(typeof(TRequest), isOptional: false, contentType, additionalContentTypes);

    /// <inheritdoc cref="Accepts{TRequest}(string, string[])"/>
    /// <param name="isOptional">True when requests without a body are answered too.</param>
    public RouteBuilder Accepts<TRequest>(bool isOptional, string contentType, params string[] additionalContentTypes) where TRequest : notnull =>
        Accepts(typeof(TRequest), isOptional, contentType, additionalContentTypes);

    /// <inheritdoc cref="Accepts{TRequest}(string, string[])"/>
    /// <param name="requestType">The type of the body.</param>
    public RouteBuilder Accepts(Type requestType, string contentType, params string[] additionalContentTypes) =>
        Accepts(requestType, isOptional: false, contentType, additionalContentTypes);

    /// <inheritdoc cref="Accepts{TRequest}(bool, string, string[])"/>
    /// <param name="requestType">The type of the body.</param>
    public RouteBuilder Accepts(Type requestType, bool isOptional, string contentType, params string[] additionalContentTypes) =>
        this.WithMetadata(new AcceptsMetadata([contentType, .. additionalContentTypes], requestType, isOptional));

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
