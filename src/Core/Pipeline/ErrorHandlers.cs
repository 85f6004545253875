namespace Modular;

/// <summary>Chooses the handler of an error: by status code first, then by exception type, each from the inmost scope outwards (Flask's rule).</summary>
/// <remarks>A class of one's own below <see cref="HttpException"/> says more than its status code, so within a scope its handler goes before the code's.</remarks>
sealed class ErrorHandlers(BoundHooks[] inmostFirst)
{
    readonly bool[] _handlesRouting = [.. new[] { 404, 405 }.Select(status => Find(inmostFirst, new HttpException(status)) is not null)];

    internal bool HandleRouting(int status) => _handlesRouting[status - 404];

    // The handler to use, or null. Of several types in one scope the nearest base type wins.
    internal ErrorView? Find(Exception error) => Find(inmostFirst, error);

    static ErrorView? Find(BoundHooks[] inmostFirst, Exception error)
    {
        if (error is HttpException http)
            foreach (var scope in inmostFirst)
                if (ByType(scope, error, below: typeof(HttpException)) is { } own) return own;
                else if (scope.ByStatus.TryGetValue(http.Status, out var handler)) return handler;
        foreach (var scope in inmostFirst)
            if (ByType(scope, error, below: null) is { } handler) return handler;
        return null;
    }

    static ErrorView? ByType(BoundHooks scope, Exception error, Type? below)
    {
        for (var type = error.GetType(); type != below; type = type.BaseType!)
            if (scope.ByType.TryGetValue(type, out var handler)) return handler;
        return null;
    }
}
