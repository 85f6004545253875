using System.Linq.Expressions;

namespace Modular;

/// <summary>Binds what a view returns: text, a response, anything convertible, or a task of these.</summary>
[RequiresUnreferencedCode("Closes generic methods over the view's return type.")]
[RequiresDynamicCode("Closes generic methods over the view's return type.")]
static class ViewReturn
{
    /// <summary>Refuses what is awaitable without being a task: it would be written as an object.</summary>
    internal static void CheckAwaitable(Type type, string what)
    {
        if (type.IsAssignableTo(typeof(Task)) || type == typeof(ValueTask) || Callback.Awaited(type) is not null) return;
        if (type.GetMethod("GetAwaiter", BindingFlags.Public | BindingFlags.Instance, []) is not null) throw new ModularException(
            $"{Callback.Start(what)} returns {TypeName.Of(type)}, which has to be awaited, but isn't a task. Await it, and return its result.");
    }

    /// <summary>The call's value made a <c>ValueTask&lt;Response&gt;</c>, or, where <paramref name="optional"/>, one of <c>Response?</c>.</summary>
    internal static Expression Wrap(Expression call, Expression context, ResponseConverter converter, bool optional)
    {
        var give = Expression.Constant(converter);
        var may = Expression.Constant(optional);
        if (call.Type == typeof(void))
            return Expression.Block(call, Call(nameof(ViewAnswer.Nothing), [], context, may));
        if (call.Type == typeof(Task)) return Call(nameof(ViewAnswer.AfterTask), [], give, context, call, may);
        if (call.Type == typeof(ValueTask)) return Call(nameof(ViewAnswer.AfterValueTask), [], give, context, call, may);
        if (call.Type == typeof(ValueTask<Response>)) return Call(nameof(ViewAnswer.Given), [], call, may);
        if (Callback.Awaited(call.Type) is not { } answer) return Call(nameof(ViewAnswer.FromValue), [call.Type], give, context, call, may);
        return call.Type.IsGenericType && call.Type.GetGenericTypeDefinition() == typeof(ValueTask<>)
            ? Call(nameof(ViewAnswer.FromValueTask), [answer], give, context, call, may)
            : Call(nameof(ViewAnswer.FromTask), [answer], give, context, Expression.Convert(call, typeof(Task<>).MakeGenericType(answer)), may);
    }

    static MethodCallExpression Call(string method, Type[] types, params Expression[] arguments)
    {
        var found = typeof(ViewAnswer).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!;
        return Expression.Call(types.Length == 0 ? found : found.MakeGenericMethod(types), arguments);
    }
}
