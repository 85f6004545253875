using System.Globalization;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>The body. Where the view takes no null, the JSON <c>null</c> is a mistake of the client.</summary>
    internal static T? Json<T>(RequestContext context, bool optional)
    {
        if (optional && context.Request.Data.IsEmpty) return default;
        return context.Request.GetJson<T>() is { } value ? value : optional ? default : throw new HttpException(400);
    }

    internal static Stream Body(RequestContext context) => context.Http.Request.Body;

    /// <summary>The socket of a WebSocket rule, accepted before the view is called.</summary>
    internal static WebSocket Socket(RequestContext context) => context.Get(WebSocketView.Slot);

    internal static PipeReader BodyReader(RequestContext context) => context.Http.Request.BodyReader;
}
