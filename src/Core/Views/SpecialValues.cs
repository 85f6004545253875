using System.IO.Pipelines;
using System.Linq.Expressions;
using System.Net.WebSockets;
using System.Security.Claims;

namespace Modular;

/// <summary>Parameters that are known by their type alone: what belongs to the request and is there without waiting.</summary>
[RequiresUnreferencedCode("Builds expressions.")]
[RequiresDynamicCode("Builds expressions.")]
static class SpecialValues
{
    static readonly HashSet<Type> OfEachRequest =
    [
        typeof(RequestContext), typeof(Request), typeof(HttpContext), typeof(HttpRequest), typeof(HttpResponse), typeof(CancellationToken), typeof(ClaimsPrincipal),
    ];

    /// <summary>The types by which a view reads the body itself, while it arrives.</summary>
    internal static bool IsRawBody(Type type) => type == typeof(Stream) || type == typeof(PipeReader);

    /// <summary>True when the type alone says what the parameter takes.</summary>
    /// <param name="error">The type of the errors that an error handler gets.</param>
    /// <exception cref="ModularException">It is an error of another type than those that come.</exception>
    internal static bool Has(Type type, ViewKind kind, Type? error, string name, string what)
    {
        if (OfEachRequest.Contains(type) || IsRawBody(type) || type == typeof(WebSocket)) return true;
        if (type == typeof(Response)) return kind == ViewKind.After;
        if (error is null || !type.IsAssignableTo(typeof(Exception))) return false;
        return type.IsAssignableFrom(error) ? true : throw new ModularException(
            $"Parameter \"{name}\" of {what} takes {TypeName.Of(type)}, but the errors that come are of type {TypeName.Of(error)}. Take {TypeName.Of(error)} {name}.");
    }

    internal static Expression Of(Type type, ParameterExpression error, ParameterExpression response) =>
        type == typeof(RequestContext) ? ViewBinder.Context
        : type == typeof(Request) ? Expression.Property(ViewBinder.Context, nameof(RequestContext.Request))
        : type == typeof(HttpContext) ? Expression.Property(ViewBinder.Context, nameof(RequestContext.Http))
        : type == typeof(HttpRequest) ? ViewBinder.Argument(nameof(ViewArguments.HttpRequest))
        : type == typeof(HttpResponse) ? ViewBinder.Argument(nameof(ViewArguments.HttpResponse))
        : type == typeof(ClaimsPrincipal) ? ViewBinder.Argument(nameof(ViewArguments.User))
        : type == typeof(CancellationToken) ? Expression.Property(ViewBinder.Context, nameof(RequestContext.RequestAborted))
        : type == typeof(Stream) ? ViewBinder.Argument(nameof(ViewArguments.Body))
        : type == typeof(PipeReader) ? ViewBinder.Argument(nameof(ViewArguments.BodyReader))
        : type == typeof(WebSocket) ? ViewBinder.Argument(nameof(ViewArguments.Socket))
        : type == typeof(Response) ? response
        : Expression.Convert(error, type);
}
