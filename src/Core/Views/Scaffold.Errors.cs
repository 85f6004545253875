namespace Modular;

// The words that add error handlers.
public abstract partial class Scaffold
{
    /// <summary>Answers an HTTP error, such as 404. Give the status too, as in <c>("Not here", 404)</c>: what is returned is answered as a view's, with 200.</summary>
    /// <param name="status">400 to 599. 500 also takes what no other handler takes.</param>
    /// <param name="handler">Makes the answer.</param>
    /// <exception cref="ModularException">No error has this status, it has a handler already, or the handler returns what is no answer.</exception>
    [OverloadResolutionPriority(2)]
    public void ErrorHandler(int status, Func<Response> handler) => AddError(handler, status, Given(_ => handler()));

    /// <inheritdoc cref="ErrorHandler(int, Func{Response})"/>
    [OverloadResolutionPriority(2)]
    public void ErrorHandler(int status, Func<HttpException, Response> handler) => AddError(handler, status, Given(error => handler((HttpException)error)));

    /// <inheritdoc cref="ErrorHandler(int, Func{Response})"/>
    [OverloadResolutionPriority(1)]
    public void ErrorHandler<T>(int status, Func<HttpException, Task<T>> handler) =>
        AddError(handler, status, Made(status, error => new ValueTask<T>(handler((HttpException)error))));

    /// <inheritdoc cref="ErrorHandler(int, Func{Response})"/>
    public void ErrorHandler<T>(int status, Func<HttpException, ValueTask<T>> handler) => AddError(handler, status, Made(status, error => handler((HttpException)error)));

    /// <inheritdoc cref="ErrorHandler(int, Func{Response})"/>
    public void ErrorHandler<T>(int status, Func<HttpException, T> handler)
    {
        ReturnTypes.Check(typeof(T), $"the error handler of {status}", mayBeNothing: false);
        AddError(handler, status, Made(status, error => new ValueTask<T>(handler((HttpException)error))));
    }

    /// <summary>As the other overloads, for a handler of any shape: its parameters are filled as a view's, and one of an exception's type with the error.</summary>
    /// <inheritdoc cref="ErrorHandler(int, Func{Response})"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public void ErrorHandler(int status, Delegate handler) =>
        AddError(handler, status, new ViewBinder(handler, $"the error handler of {status}", ViewKind.Error).BindError);

    /// <summary>Answers an exception of a type, or of one derived from it. The nearest type wins.</summary>
    /// <exception cref="ModularException">The type has a handler already, or the handler returns what is no answer.</exception>
    [OverloadResolutionPriority(2)]
    public void ErrorHandler<TException>(Func<TException, Response> handler) where TException : Exception =>
        AddError(handler, typeof(TException), Given(error => handler((TException)error)));

    /// <inheritdoc cref="ErrorHandler{TException}(Func{TException, Response})"/>
    [OverloadResolutionPriority(2)]
    public void ErrorHandler<TException>(Func<Response> handler) where TException : Exception => AddError(handler, typeof(TException), Given(_ => handler()));

    /// <inheritdoc cref="ErrorHandler{TException}(Func{TException, Response})"/>
    [OverloadResolutionPriority(1)]
    public void ErrorHandler<TException>(Func<TException, Task<Response>> handler) where TException : Exception =>
        AddError(handler, typeof(TException), _ => (_, error) => ViewAnswer.Given(new(handler((TException)error)), optional: false));

    /// <summary>As the other overloads, for a handler of any shape: its parameters are filled as a view's, and one of an exception's type with the error.</summary>
    /// <inheritdoc cref="ErrorHandler{TException}(Func{TException, Response})"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public void ErrorHandler<TException>(Delegate handler) where TException : Exception =>
        AddError(handler, typeof(TException), new ViewBinder(handler, $"the error handler of {typeof(TException).Name}", ViewKind.Error, error: typeof(TException)).BindError);

    static Func<ViewServices, ErrorView> Given(Func<Exception, Response?> handler) =>
        _ => (_, error) => new(handler(error) ?? throw ResponseConverter.Returned("null"));

    static Func<ViewServices, ErrorView> Made<T>(int status, Func<Exception, ValueTask<T>> handler)
    {
        ReturnTypes.Check(typeof(ValueTask<T>), $"the error handler of {status}", mayBeNothing: false);
        return services => (context, error) => ViewAnswer.FromValueTask(services.Converter, context, handler(error), optional: false);
    }

    void AddError(Delegate handler, int status, Func<ViewServices, ErrorView> bind)
    {
        CheckChange(nameof(ErrorHandler));
        ViewAttributes.CheckHook(handler, $"the error handler of {status}");
        if (!HttpStatus.IsError(status)) throw new ModularException(
            string.Create(CultureInfo.InvariantCulture, $"ErrorHandler({status}, …) is for no HTTP error. Write a status code such as 404, or an exception type: ErrorHandler<MyError>(…)."));
        if (!Hooks.ByStatus.TryAdd(status, bind)) throw new ModularException(
            $"Status {status} has an error handler already. Remove one of the two, or register it on a blueprint.");
    }

    void AddError(Delegate handler, Type type, Func<ViewServices, ErrorView> bind)
    {
        CheckChange(nameof(ErrorHandler));
        ViewAttributes.CheckHook(handler, $"the error handler of {type.Name}");
        if (!Hooks.ByType.TryAdd(type, bind)) throw new ModularException(
            $"{type.Name} has an error handler already. Remove one of the two, or register it on a blueprint.");
    }
}
