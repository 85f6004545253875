namespace Modular;

/// <summary>What the return type of a view, a hook or an error handler says before it runs.</summary>
static class ReturnTypes
{
    /// <summary>Refuses return types that can never be an answer.</summary>
    internal static void Check(Type type, string what, bool mayBeNothing)
    {
        var answer = Callback.Awaited(type) ?? type;
        if (answer != type && IsTask(answer)) throw new ModularException(
            $"{Callback.Start(what)} returns a task inside a task, and nobody awaits the inner one. Await it, and return its result.");
        if (IsNothing(answer))
        {
            if (!mayBeNothing) throw new ModularException(
                $"{Callback.Start(what)} returns nothing. Return a string, Markup, bytes, an object, a Response, or a tuple (body, status).");
        }
        else if (ResponseConverter.IsPlain(answer)) throw new ModularException(
            $"{Callback.Start(what)} returns a bare {TypeName.Of(answer)}, which is no answer. Return a string, or a tuple (body, status).");
    }

    internal static bool IsNothing(Type type) => type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask);

    /// <summary>The type of the answer's body, for API descriptions; null where only the running view knows it.</summary>
    internal static ProducesResponseTypeMetadata? Described(Type returned, ResponseConverter converter)
    {
        var type = Callback.Awaited(returned) ?? returned;
        if (type.IsGenericType && type.IsAssignableTo(typeof(ITuple))) type = type.GetGenericArguments()[0];
        if (IsNothing(type) || type == typeof(Response) || type == typeof(object) || type.IsAssignableTo(typeof(IResult)) || converter.IsPlugins(type)) return null;
        return type.IsAssignableTo(typeof(Stream)) ? new(StatusCodes.Status200OK, typeof(string), ["application/octet-stream"])
            : IsPage(type) ? new(StatusCodes.Status200OK, typeof(string), ["text/html"])
            : new(StatusCodes.Status200OK, type, ["application/json"]);
    }

    static bool IsPage(Type type) => type == typeof(string) || type == typeof(Markup) || type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>)
        || type.IsAssignableTo(typeof(IAsyncEnumerable<string>)) || type.IsAssignableTo(typeof(IAsyncEnumerable<byte[]>))
        || type.IsAssignableTo(typeof(IAsyncEnumerable<ReadOnlyMemory<byte>>)) || type.IsAssignableTo(typeof(IAsyncEnumerable<Markup>));

    static bool IsTask(Type type) => type.IsAssignableTo(typeof(Task)) || type == typeof(ValueTask) || Callback.Awaited(type) is not null;
}
