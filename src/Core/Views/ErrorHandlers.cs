namespace Modular;

/// <summary>Chooses the handler of an error: by status code first, then by exception type, each from the inmost scope outwards (Flask's rule).</summary>
sealed class ErrorHandlers(BoundHooks[] inmostFirst)
{
    /// <summary>The handler to use, or null. Of several types in one scope the nearest base type wins.</summary>
    internal ErrorView? Find(Exception error)
    {
        if (error is HttpException http)
            foreach (var scope in inmostFirst)
                if (scope.ByStatus.TryGetValue(http.Status, out var handler)) return handler;
        foreach (var scope in inmostFirst)
            for (var type = error.GetType(); type is not null; type = type.BaseType)
                if (scope.ByType.TryGetValue(type, out var handler)) return handler;
        return null;
    }
}
