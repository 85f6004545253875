namespace Modular;

/// <summary>Rules for all functions that users pass in: their tasks are awaited, and <c>async void</c> is refused.</summary>
static class Callback
{
    internal static ValueTask Ended<T>(T value) => value switch
    {
        Task task => new(task),
        ValueTask task => task,
        _ => default,
    };

    internal static async Task RunAll(IEnumerable<Func<ValueTask>> actions)
    {
        List<Exception> errors = [];
        foreach (var action in actions)
        {
            try
            {
                await action();
            }
            catch (Exception error)
            {
                errors.Add(error);
            }
        }
        if (errors is [var single]) ExceptionDispatchInfo.Throw(single);
        if (errors.Count > 0) throw new AggregateException(errors);
    }

    internal static void RefuseAsyncVoid(Delegate hook, string name)
    {
        if (hook.Method.ReturnType != typeof(void) || !hook.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false)) return;
        throw new ModularException($"{Start(name)} is async and returns void, so it can't be awaited. Return Task, or remove async.");
    }

    /// <summary>The T of <c>Task&lt;T&gt;</c>, of classes derived from it, and of <c>ValueTask&lt;T&gt;</c>; else null.</summary>
    internal static Type? Awaited(Type type)
    {
        for (var t = type; t is not null; t = t.BaseType!)
            if (t.IsGenericType && t.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>)))
                return t.GetGenericArguments()[0];
        return null;
    }

    /// <summary>The type of the result that a task has although its caller sees a bare <c>Task</c>; null when it has none.</summary>
    /// <remarks>.NET's own tasks without a result have one of an internal type.</remarks>
    internal static Type? ResultOf(Task task) =>
        Awaited(task.GetType()) is { } result && (result.IsVisible || result.Assembly != typeof(Task).Assembly) ? result : null;

    internal static object? HiddenValue(Task task) => ResultOf(task) is null ? null : ValueOf(task);

    [DynamicDependency("Result", typeof(Task<>))]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The property is kept by the DynamicDependency.")]
    internal static object? ValueOf(Task task) => task.GetType().GetProperty("Result")!.GetValue(task);

    internal static string Start(string what) => $"{char.ToUpperInvariant(what[0])}{what[1..]}";
}
