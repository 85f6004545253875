namespace Modular;

delegate ValueTask<Response> Answer<in T>(ResponseConverter converter, RequestContext context, T value, Response? sent);

/// <summary>The results of views, hooks and error handlers: checked when added, awaited, converted to a response. None is lost.</summary>
static class ViewAnswer
{
    static readonly ConcurrentDictionary<Type, Func<bool, Delegate>> Typed = [];

    internal static void AddAwaited<T>() => (Typed[typeof(Task<T>)], Typed[typeof(ValueTask<T>)]) = (Later<T>, Soon<T>);

    // The declared type, when a call by reflection gives objects.
    internal static Answer<T> Of<T>(ViewKind kind, string what, bool assigns = false, Type? declared = null) => kind switch
    {
        _ when assigns => (_, _, value, sent) => Ended(value, sent),
        ViewKind.After => (_, _, value, sent) => Replaced(sent!, value, what),
        ViewKind.Teardown => (_, _, value, _) => Over(value, what),
        _ => Made<T>(kind == ViewKind.Before, declared ?? typeof(T)),
    };

    internal static void Check(Type type, ViewKind kind, string what, bool writes = false)
    {
        var value = Callback.Awaited(type) ?? type;
        var isNothing = IsNothing(value);
        if (value == type && !isNothing && !type.IsAssignableTo(typeof(Task)) && IsAwaitable(type)) throw Wrong(
            what, $"returns {TypeName.Of(type)}, which has to be awaited, but isn't a task. Await it, and return its result.");
        switch (kind)
        {
            case ViewKind.After:
                if (isNothing || value == typeof(bool) || value == typeof(object) || value == typeof(Response)) return;
                throw NotSent(value, kind, what);
            case ViewKind.Teardown:
                if (!IsNothing(type) && type != typeof(bool)) throw NotSent(value, kind, what);
                return;
        }
        if (value != type && (isNothing || value.IsAssignableTo(typeof(Task)) || Callback.Awaited(value) is not null)) throw Wrong(
            what, "returns a task inside a task, and the inner one isn't awaited. Await it, and return its result.");
        if (isNothing && kind != ViewKind.Before && !writes) throw Wrong(
            what, "returns nothing. Return a string, Markup, bytes, an object, a Response, or a tuple (body, status).");
        if (ResponseConverter.IsPlain(value)) throw Wrong(
            what, $"returns a bare {TypeName.Of(value)}, which isn't a response. Return a string, or a tuple (body, status).");
    }

    internal static ProducesResponseTypeMetadata? Described(Type returned, ResponseConverter converter)
    {
        var type = Callback.Awaited(returned) ?? returned;
        if (type.IsGenericType && type.IsAssignableTo(typeof(ITuple))) type = type.GetGenericArguments()[0];
        if (IsNothing(type) || type == typeof(Response) || type == typeof(object) || type.IsAssignableTo(typeof(IResult))
            || converter.IsPlugins(type)) return null;
        return type.IsAssignableTo(typeof(Stream)) ? new(StatusCodes.Status200OK, typeof(string), ["application/octet-stream"])
            : ResponseConverter.IsPage(type) ? new(StatusCodes.Status200OK, typeof(string), ["text/html"])
            : new(StatusCodes.Status200OK, type, ["application/json"]);
    }

    static bool IsNothing(Type type) => type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A method that was trimmed is one that isn't awaited.")]
    static bool IsAwaitable(Type type) => type.GetMethod("GetAwaiter", BindingFlags.Public | BindingFlags.Instance, []) is not null;

    static Answer<T> Made<T>(bool optional, Type type)
    {
        if (type == typeof(Task)) return (converter, context, value, _) => Bare(converter, context, (Task)(object)value!, optional);
        if (type == typeof(ValueTask)) return (converter, context, value, _) => (ValueTask)(object)value! is var task && task == default
            ? Nothing(context, optional) : Bare(converter, context, task.AsTask(), optional);
        if (Callback.Awaited(type) is null) return (converter, context, value, _) => Converted(converter, context, value, optional);
        return Typed.TryGetValue(typeof(T), out var typed) ? (Answer<T>)typed(optional) : async (converter, context, value, _) =>
        {
            var task = AsTask(value!)!;
            await task;
            return await Converted(converter, context, Callback.ValueOf(task), optional);
        };
    }

    static Answer<Task<T>> Later<T>(bool optional) =>
        async (converter, context, task, _) => await Converted(converter, context, await task, optional);

    static Answer<ValueTask<T>> Soon<T>(bool optional) =>
        async (converter, context, task, _) => await Converted(converter, context, await task, optional);

    static ValueTask<Response> Converted<T>(ResponseConverter converter, RequestContext context, T value, bool optional) =>
        value is null && optional ? default : new(converter.Convert(context, value));

    // A hook that returns nothing lets the request continue; a view that does has written its response.
    static ValueTask<Response> Nothing(RequestContext context, bool optional) =>
        optional ? default : new(Response.Written(context.Http.Response.StatusCode));

    // A bare task can still have a value, such as Task.FromResult(…) in a method that returns Task.
    static async ValueTask<Response> Bare(ResponseConverter converter, RequestContext context, Task task, bool optional)
    {
        await task;
        // A by-product: what a SemaphoreSlim returns to a hook, or a PipeWriter to a view that has written its response with it.
        return Callback.HiddenValue(task) is { } value && !(optional ? value is bool : context.Http.Response.HasStarted)
            ? converter.Convert(context, value) : await Nothing(context, optional);
    }

    static async ValueTask<Response> Replaced<T>(Response sent, T value, string what)
    {
        if (value is ValueTask soon && soon == default) return sent;
        object? given = value;
        if (given is not null && AsTask(given) is { } task)
        {
            await task;
            given = Callback.HiddenValue(task);
            if (given is null && (IsNothing(typeof(T)) || Callback.ResultOf(task) is null)) return sent;
        }
        return given switch
        {
            Response response => response,
            bool => sent,
            null => throw new ModularException("An after hook returned null. Return the response that it received, or another one."),
            _ => throw NotSent(given.GetType(), ViewKind.After, what),
        };
    }

    static async ValueTask<Response> Over<T>(T value, string what)
    {
        if (value is null or bool || AsTask(value) is not { } task) return null!;
        await task;
        return Callback.HiddenValue(task) is { } hidden and not bool ? throw NotSent(hidden.GetType(), ViewKind.Teardown, what) : null!;
    }

    [DynamicDependency(nameof(ValueTask<>.AsTask), typeof(ValueTask<>))]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The method is kept by the DynamicDependency.")]
    internal static Task? AsTask(object value) => value switch
    {
        Task task => task,
        ValueTask task => task.AsTask(),
        _ when Callback.Awaited(value.GetType()) is null => null,
        _ => (Task)value.GetType().GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(value, null)!,
    };

    static async ValueTask<Response> Ended<T>(T value, Response? sent)
    {
        await Callback.Ended(value);
        return sent!;
    }

    static ModularException NotSent(Type type, ViewKind kind, string what) =>
        Wrong(what, $"returns a value of type {TypeName.Of(type)}, " + (kind == ViewKind.After
            ? "which isn't sent. Return a Response, or write a block that returns nothing: response => { … }."
            : "but the request is over by then. Return nothing, or write a block: error => { … }."));

    static ModularException Wrong(string what, string problem) => new($"{Callback.Start(what)} {problem}");
}
