namespace Modular;

/// <summary>Makes hooks of the shapes that users write them in. A value that a hook returns is an answer, is awaited, or is refused at start-up; it is never dropped.</summary>
static class HookShapes
{
    internal const string BeforeName = "a BeforeRequest hook", AfterName = "an AfterRequest hook",
        AfterThisName = "a hook of AfterThisRequest", TeardownName = "a TeardownRequest hook";

    /// <param name="text">How the hook was written; the value of an assignment is no answer.</param>
    internal static Func<ViewServices, BeforeHook> Before<T>(Func<RequestContext, T> hook, string? text)
    {
        if (HookText.Assigns(text)) return _ => context =>
        {
            hook(context);
            return default;
        };
        ReturnTypes.Check(typeof(T), BeforeName, mayBeNothing: true);
        if (typeof(T) == typeof(Task)) return services => context => ViewAnswer.AfterTask(services.Converter, context, (Task)(object)hook(context)!, optional: true)!;
        if (typeof(T) == typeof(ValueTask)) return services => context => ViewAnswer.AfterValueTask(services.Converter, context, (ValueTask)(object)hook(context)!, optional: true)!;
        return services => context => ViewAnswer.FromValue(services.Converter, context, hook(context), optional: true)!;
    }

    internal static Func<ViewServices, BeforeHook> Before<T>(Func<RequestContext, ValueTask<T>> hook, string? text)
    {
        if (HookText.Assigns(text)) return _ => async context =>
        {
            await hook(context);
            return null;
        };
        ReturnTypes.Check(typeof(ValueTask<T>), BeforeName, mayBeNothing: true);
        return services => context => ViewAnswer.FromValueTask(services.Converter, context, hook(context), optional: true)!;
    }

    internal static AfterHook After<T>(Func<RequestContext, Response, T> hook, string? text, string name = AfterName)
    {
        if (HookText.Assigns(text)) return async (context, response) =>
        {
            await Callback.Ended(hook(context, response));
            return response;
        };
        CheckAfter(typeof(T), name);
        return (context, response) => Replaced(response, hook(context, response), name);
    }

    /// <summary>Refuses what is no response, before it can be dropped.</summary>
    internal static void CheckAfter(Type returned, string name)
    {
        var value = Callback.Awaited(returned) ?? returned;
        if (value == typeof(void) || value == typeof(Task) || value == typeof(ValueTask) || IsByProduct(value) || value == typeof(object) || value.IsAssignableTo(typeof(Response))) return;
        throw NoResponse(value, name);
    }

    /// <summary>The response that an after hook gave, or the one that it was given when it returns nothing.</summary>
    internal static ValueTask<Response> Replaced<T>(Response response, T value, string name) => value switch
    {
        null => throw new ModularException("An after hook returned null. Return the response that it was given, or another one."),
        Response given => new(given),
        Task<Response> task => new(task),
        ValueTask<Response> task => task,
        Task task => Awaited(response, task, name, mayBeNothing: typeof(T) == typeof(Task)),
        ValueTask task => Awaited(response, task.AsTask(), name, mayBeNothing: true),
        ValueTask<object> task => Awaited(response, task.AsTask(), name, mayBeNothing: false),
        ValueTask<bool> task => Awaited(response, task.AsTask(), name, mayBeNothing: false),
        bool => new(response),
        _ => throw NoResponse(value.GetType(), name),
    };

    internal static TeardownHook Teardown<T>(Func<RequestContext, Exception?, T> hook, string? text)
    {
        if (HookText.Assigns(text)) return (context, error) => Callback.Ended(hook(context, error));
        CheckTeardown(typeof(T));
        return (context, error) => Over(hook(context, error));
    }

    internal static void CheckTeardown(Type returned)
    {
        if (returned == typeof(void) || returned == typeof(Task) || returned == typeof(ValueTask) || IsByProduct(returned)) return;
        throw TooLate(Callback.Awaited(returned) ?? returned);
    }

    /// <summary>Waits for what a teardown hook returned, and refuses a value behind a bare task, which only the finished task shows.</summary>
    internal static async ValueTask Over<T>(T value)
    {
        var task = value is ValueTask soon ? soon.AsTask() : value as Task;
        if (task is null) return;
        await task;
        if (Callback.HiddenValue(task) is { } hidden && !IsByProduct(hidden.GetType())) throw TooLate(hidden.GetType());
    }

    static ModularException TooLate(Type value) => new($"{Callback.Start(TeardownName)} returns a value of type {TypeName.Of(value)}, " +
        "but the request is over by then. Return nothing, or write a block: error => { … }.");

    // What TryAdd and its like give. Where a hook can answer nothing with it, it says nothing.
    static bool IsByProduct(Type type) => type == typeof(bool);

    static ModularException NoResponse(Type value, string name) => new(
        $"{Callback.Start(name)} returns a value of type {TypeName.Of(value)}, which isn't sent. Return a Response, or write a block that returns nothing: response => {{ … }}.");

    static async ValueTask<Response> Awaited(Response response, Task task, string name, bool mayBeNothing)
    {
        await task;
        if (Callback.ResultOf(task) is null) return response;
        var value = Callback.HiddenValue(task);
        return value is null && mayBeNothing ? response : await Replaced(response, value, name);
    }
}
