using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Modular;

/// <summary>Binds what a view returns: text, a response, anything convertible, or a task of these.</summary>
[RequiresUnreferencedCode("Closes generic methods over the view's return type.")]
[RequiresDynamicCode("Closes generic methods over the view's return type.")]
static class ViewReturn
{
    /// <summary>Refuses return types that can never be an answer.</summary>
    internal static void Check(Type type, string what, bool mayBeNothing)
    {
        var answer = Awaited(type) ?? type;
        if (answer == typeof(void) || answer == typeof(Task) || answer == typeof(ValueTask))
        {
            if (!mayBeNothing) throw new ModularException(
                $"{Start(what)} returns nothing. Return a string, Markup, bytes, an object, a Response, or a tuple (body, status).");
        }
        else if (ResponseConverter.IsPlain(answer)) throw new ModularException(
            $"{Start(what)} returns a bare {TypeName.Of(answer)}, which is no answer. Return a string, or a tuple (body, status).");
    }

    static string Start(string what) => $"{char.ToUpperInvariant(what[0])}{what[1..]}";

    /// <summary>The call's value made a <c>ValueTask&lt;Response&gt;</c>, or, where <paramref name="optional"/>, one of <c>Response?</c>.</summary>
    internal static Expression Wrap(Expression call, Expression context, ResponseConverter converter, bool optional)
    {
        var give = Expression.Constant(converter);
        var may = Expression.Constant(optional);
        if (call.Type == typeof(void))
            return Expression.Block(call, Call(nameof(Nothing), [], context, may));
        if (call.Type == typeof(Task)) return Call(nameof(AfterTask), [], context, call, may);
        if (call.Type == typeof(ValueTask)) return Call(nameof(AfterValueTask), [], context, call, may);
        if (call.Type == typeof(ValueTask<Response>)) return call;
        if (Awaited(call.Type) is not { } answer) return Call(nameof(FromValue), [call.Type], give, context, call, may);
        return call.Type.GetGenericTypeDefinition() == typeof(ValueTask<>)
            ? Call(nameof(FromValueTask), [answer], give, context, call, may)
            : Call(nameof(FromTask), [answer], give, context, Expression.Convert(call, typeof(Task<>).MakeGenericType(answer)), may);
    }

    /// <summary>The type of the answer's body, for API descriptions; null where only the running view knows it.</summary>
    internal static ProducesResponseTypeMetadata? Described(Type returned)
    {
        var type = Awaited(returned) ?? returned;
        if (type.IsGenericType && type.IsAssignableTo(typeof(ITuple))) type = type.GetGenericArguments()[0];
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask) || type == typeof(Response) || type == typeof(object)
            || type.IsAssignableTo(typeof(IResult))) return null;
        var isPage = type == typeof(string) || type == typeof(Markup) || type == typeof(byte[]) || type.IsAssignableTo(typeof(Stream));
        return new(StatusCodes.Status200OK, isPage ? typeof(string) : type, [isPage ? "text/html" : "application/json"]);
    }

    // The T of Task<T> and ValueTask<T>, also of classes derived from Task<T>.
    static Type? Awaited(Type type)
    {
        for (var t = type; t is not null; t = t.BaseType!)
            if (t.IsGenericType && t.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>)))
                return t.GetGenericArguments()[0];
        return null;
    }

    static MethodCallExpression Call(string method, Type[] types, params Expression[] arguments)
    {
        var found = typeof(ViewReturn).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!;
        return Expression.Call(types.Length == 0 ? found : found.MakeGenericMethod(types), arguments);
    }

    static ValueTask<Response> FromValue<T>(ResponseConverter converter, RequestContext context, T value, bool optional) =>
        value is null && optional ? default
        : new(converter.Convert(context, value));

    static ValueTask<Response> FromTask<T>(ResponseConverter converter, RequestContext context, Task<T> task, bool optional) =>
        FromValueTask(converter, context, new ValueTask<T>(task), optional);

    static async ValueTask<Response> FromValueTask<T>(ResponseConverter converter, RequestContext context, ValueTask<T> task, bool optional) =>
        await FromValue(converter, context, await task, optional);

    // A hook that returns nothing lets the request go on; a view that does has written its answer.
    static ValueTask<Response> Nothing(RequestContext context, bool optional) =>
        optional ? default : new(Response.Written(context.Http.Response.StatusCode));

    static async ValueTask<Response> AfterTask(RequestContext context, Task task, bool optional)
    {
        await task;
        return await Nothing(context, optional);
    }

    static async ValueTask<Response> AfterValueTask(RequestContext context, ValueTask task, bool optional)
    {
        await task;
        return await Nothing(context, optional);
    }
}
