namespace Modular.Plugins;

/// <summary>For generated code: the calls and types of views, so that an application compiled ahead of time binds them too.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewShapes
{
    static readonly ConcurrentDictionary<Type, ViewShape> Shapes = new()
    {
        [typeof(Func<Response>)] = new ViewShape<Func<Response>, Response>((view, _) => view()),
        [typeof(Action)] = new ViewShape<Action, ValueTask>((view, _) => { view(); return default; }),
    };

    /// <summary>Adds the typed call of a delegate type.</summary>
    public static void Add<TView, TResult>(Func<TView, ViewArguments, TResult> call, TView? like = null) where TView : Delegate
    {
        ViewInputs.Include();
        Shapes[typeof(TView)] = new ViewShape<TView, TResult>(call);
    }

    internal static TView Known<TView, TResult>(TView view, Func<TView, ViewArguments, TResult> call) where TView : Delegate
    {
        Add(call);
        return view;
    }

    /// <summary>Adds a type that views take.</summary>
    public static void Type<T>() => ViewType.Add(typeof(T), new ViewType<T>());

    /// <summary>Adds a type that views take from a text.</summary>
    public static void Parsable<T>() where T : IParsable<T> => ViewType.Add(typeof(T), new ViewType<T> { Parser = ViewType.Parsable<T>() });

    /// <summary>Adds an enum that views take from a text.</summary>
    public static void Enum<T>() where T : struct, Enum => ViewType.Add(typeof(T), new ViewType<T> { Parser = ViewType.Member<T>() });

    /// <summary>Adds a type that views return as a <c>Task&lt;T&gt;</c> or a <c>ValueTask&lt;T&gt;</c>.</summary>
    public static void Awaited<T>() => ViewAnswer.AddAwaited<T>();

    /// <summary>Adds the JSON of a type that views take or return.</summary>
    public static void Json<T>(Func<JsonSerializerOptions, JsonTypeInfo?> info, T? like = default) => JsonDefaults.Add<T>(info);

    [UnconditionalSuppressMessage("Trimming", "IL4000", Justification = "Where code can be made, all is found or an error of the start.")]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute)), FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    internal static bool CanReflect => RuntimeFeature.IsDynamicCodeSupported;

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A delegate's Invoke isn't trimmed.")]
    internal static ViewShape Of(Delegate view, string what) => Shapes.TryGetValue(view.GetType(), out var known) ? known
        : CanReflect ? new ReflectedShape(view.GetType().GetMethod("Invoke")!, (_, view) => view) : throw new ModularException(
            $"{Callback.Start(what)} has the type {TypeName.Of(view.GetType())}, which isn't compiled ahead of time. "
            + "Pass a lambda or a method in the call itself, and make the types that it takes and returns internal or public.");
}

/// <summary>For generated code: the arguments of one call of a view.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ViewArguments
{
    readonly Func<ViewArguments, object?>[] _readers;

    internal ViewArguments(Func<ViewArguments, object?>[] readers, RequestContext context, Response? response, Exception? error) =>
        (_readers, Context, Response, Error) = (readers, context, response, error);

    internal RequestContext Context { get; }
    internal Response? Response { get; }
    internal Exception? Error { get; }

    /// <summary>The argument of a parameter, by its index.</summary>
    public T Get<T>(int index) => _readers[index](this) is { } value ? (T)value : default!;
}

abstract class ViewShape
{
    internal abstract Handler Bind(
        Delegate? view, Func<ViewArguments, object?>[] readers, ViewKind kind, string what, bool assigns, ResponseConverter converter);
}

sealed class ViewShape<TView, TResult>(Func<TView, ViewArguments, TResult> call) : ViewShape where TView : Delegate
{
    internal override Handler Bind(
        Delegate? view, Func<ViewArguments, object?>[] readers, ViewKind kind, string what, bool assigns, ResponseConverter converter)
    {
        var (typed, answer) = ((TView)view!, ViewAnswer.Of<TResult>(kind, what, assigns));
        return (context, response, error) => answer(converter, context, call(typed, new(readers, context, response, error)), response);
    }
}

// Where no generated code knows the type: without the generator, of a variable, and for methods of a MethodView.
sealed class ReflectedShape(MethodInfo method, Func<RequestContext, Delegate?, object?> target) : ViewShape
{
    readonly MethodInvoker _invoker = MethodInvoker.Create(method);

    internal override Handler Bind(
        Delegate? view, Func<ViewArguments, object?>[] readers, ViewKind kind, string what, bool assigns, ResponseConverter converter)
    {
        var isVoid = method.ReturnType == typeof(void);
        var answer = ViewAnswer.Of<object?>(kind, what, assigns, isVoid ? typeof(ValueTask) : method.ReturnType);
        return (context, response, error) =>
        {
            var at = new ViewArguments(readers, context, response, error);
            var result = _invoker.Invoke(target(context, view), Array.ConvertAll(readers, read => read(at)).AsSpan());
            return answer(converter, context, isVoid ? default(ValueTask) : result, response);
        };
    }
}
