using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace Modular;

/// <summary>What a bound view calls to fill its parameters.</summary>
static class ViewArguments
{
    internal static string Text(RequestContext context, int index) => context.State().Match.Values.Text(index);

    /// <summary>A number or Guid, read from the path's span without boxing. One that the type cannot hold is a 404, as if no rule matched.</summary>
    internal static T Number<T>(RequestContext context, int index) where T : ISpanParsable<T> =>
        context.State().Match.Values.TryRead<T>(index, out var value) ? value : throw new HttpException(404);

    internal static T Value<T>(RequestContext context, int index) => (T)context.State().Match.Values.Value(index);

    internal static T Service<T>(RequestContext context) where T : notnull => context.Services.GetRequiredService<T>();

    /// <summary>The body. Where the view takes no null, the JSON <c>null</c> is a mistake of the client.</summary>
    internal static T? Json<T>(RequestContext context, bool optional)
    {
        if (optional && context.Request.Data.IsEmpty) return default;
        return context.Request.GetJson<T>() is { } value ? value : optional ? default : throw new HttpException(400);
    }

    internal static Stream Body(RequestContext context) => context.Http.Request.Body;

    internal static PipeReader BodyReader(RequestContext context) => context.Http.Request.BodyReader;
}
