using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Security.Claims;

namespace Modular;

/// <summary>What a bound view calls to fill its parameters.</summary>
static class ViewArguments
{
    internal static string Text(RequestContext context, int index)
    {
        context.Alive();
        return context.ChangedValues is null ? context.Match.Values.Text(index) : (string)Changed(context, index)!;
    }

    /// <summary>A number or Guid, read from the path's span without boxing. One that the type cannot hold is a 404, as if no rule matched.</summary>
    internal static T Number<T>(RequestContext context, int index) where T : ISpanParsable<T>
    {
        context.Alive();
        if (context.ChangedValues is not null) return (T)Convert.ChangeType(Changed(context, index)!, typeof(T), CultureInfo.InvariantCulture);
        return context.Match.Values.TryRead<T>(index, out var value) ? value : throw new HttpException(404);
    }

    internal static T Value<T>(RequestContext context, int index)
    {
        context.Alive();
        return (T)(context.ChangedValues is null ? context.Match.Values.Value(index) : Changed(context, index))!;
    }

    static object? Changed(RequestContext context, int index)
    {
        var name = context.Match.Rule!.Variables[index];
        return context.ChangedValues!.TryGetValue(name, out var value) ? value : throw new ModularException(
            $"The view for rule \"{context.Match.Rule}\" takes \"{name}\", but a UrlValuePreprocessor took it out. Leave the parameter out of the view, or the value in.");
    }

    internal static T Service<T>(RequestContext context) where T : notnull => context.Services.GetRequiredService<T>();

    internal static T KeyedService<T>(RequestContext context, object key) where T : notnull => context.Services.GetRequiredKeyedService<T>(key);

    internal static object? ServiceOrNull(RequestContext context, Type type, object? key) =>
        key is null ? context.Services.GetService(type) : (context.Services as IKeyedServiceProvider)?.GetKeyedService(type, key);

    /// <summary>The body. Where the view takes no null, the JSON <c>null</c> is a mistake of the client.</summary>
    /// <param name="otherwise">What an optional parameter is without a body.</param>
    internal static T? Json<T>(RequestContext context, bool optional, T? otherwise)
    {
        if (optional && context.Request.Data.IsEmpty) return otherwise;
        return context.Request.GetJson<T>() is { } value ? value : optional ? default : throw JsonProblem.Null();
    }

    internal static HttpRequest HttpRequest(RequestContext context) => context.Http.Request;

    internal static HttpResponse HttpResponse(RequestContext context) => context.Http.Response;

    internal static ClaimsPrincipal User(RequestContext context) => context.Http.User;

    internal static Stream Body(RequestContext context) => context.Http.Request.Body;

    /// <summary>The socket of a WebSocket rule, accepted before the view is called.</summary>
    internal static WebSocket Socket(RequestContext context) => context.Get(WebSocketView.Slot);

    internal static PipeReader BodyReader(RequestContext context) => context.Http.Request.BodyReader;
}
