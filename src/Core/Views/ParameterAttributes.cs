using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.Metadata;

namespace Modular;

/// <summary>Where an attribute of ASP.NET says that a parameter comes from.</summary>
enum ParameterAttributeKind { Route, Query, Header, Form, Body, Service }

/// <param name="Kind">Where it comes from.</param>
/// <param name="Name">The name that it has there; null for the parameter's own.</param>
/// <param name="AllowEmpty">Of a body: true when it may be missing.</param>
/// <param name="Key">Of a service: its key.</param>
sealed record ParameterAttribute(ParameterAttributeKind Kind, string? Name = null, bool AllowEmpty = false, object? Key = null);

/// <summary>Reads the attributes of a view's parameter. One that would bind or check it in ASP.NET, and can't here, is refused.</summary>
[RequiresUnreferencedCode("Reads the parameters of a delegate.")]
static class ParameterAttributes
{
    /// <summary>What the parameter's attribute says; null when it has none.</summary>
    /// <exception cref="ModularException">Two say different things, or one is unknown here.</exception>
    internal static ParameterAttribute? Of(ParameterInfo parameter, string what)
    {
        List<ParameterAttribute> found = [];
        foreach (var attribute in parameter.GetCustomAttributes(inherit: true))
            if (Read(attribute, parameter, what) is { } read) found.Add(read);
        return found.Count <= 1 ? found.FirstOrDefault() : throw new ModularException(
            $"Parameter \"{parameter.Name}\" of {what} has {found.Count} attributes that say where it comes from. Keep one of them.");
    }

    static ParameterAttribute? Read(object attribute, ParameterInfo parameter, string what) => attribute switch
    {
        AsParametersAttribute => throw new ModularException(
            $"Parameter \"{parameter.Name}\" of {what} has [AsParameters], which isn't supported. Take its members as parameters of their own."),
        FromKeyedServicesAttribute keyed => new(ParameterAttributeKind.Service, Key: keyed.Key),
        IFromServiceMetadata => new(ParameterAttributeKind.Service),
        IFromRouteMetadata route => new(ParameterAttributeKind.Route, route.Name),
        IFromQueryMetadata query => new(ParameterAttributeKind.Query, query.Name),
        IFromHeaderMetadata header => new(ParameterAttributeKind.Header, header.Name),
        IFromFormMetadata form => new(ParameterAttributeKind.Form, form.Name),
        IFromBodyMetadata body => new(ParameterAttributeKind.Body, AllowEmpty: body.AllowEmpty),
        ValidationAttribute => throw new ModularException(
            $"Parameter \"{parameter.Name}\" of {what} has [{ViewAttributes.Name(attribute)}], which nothing checks here. Check the value in the view, and call Abort(400, …)."),
        _ when ClaimsToBind(attribute.GetType()) => throw new ModularException(
            $"Parameter \"{parameter.Name}\" of {what} has [{ViewAttributes.Name(attribute)}], which isn't known here. Write [FromRoute], [FromQuery], [FromHeader], [FromForm], [FromBody], [FromServices] or [FromKeyedServices(…)]."),
        _ => null,
    };

    // Attributes of the compiler, of analyzers and of documentation say nothing about where a value comes from.
    static bool ClaimsToBind(Type type) => type.Namespace is { } name
        && (name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            || type.GetInterfaces().Any(i => i.Namespace?.StartsWith("Microsoft.AspNetCore.Mvc.ModelBinding", StringComparison.Ordinal) is true));
}
