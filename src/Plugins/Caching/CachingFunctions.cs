namespace Modular.Caching;

/// <summary>The functions that this package adds. A global <c>using static</c> makes them available by name.</summary>
public static class CachingFunctions
{
    /// <summary>
    /// A function whose results are cached by its argument: <c>var square = Memoize("square", async (int n, CancellationToken token) => …)</c>.
    /// Call it in a request.
    /// </summary>
    /// <param name="name">The name of the function in the store, different for each function.</param>
    /// <param name="function">Runs once for concurrent calls with the same argument.</param>
    /// <param name="lifetime">How long a result is valid. Null: <see cref="CachingOptions.DefaultLifetime"/>.</param>
    /// <param name="tags">Names to remove the results by. The function's own name is one of them.</param>
    public static Func<TArgument, ValueTask<TResult>> Memoize<TArgument, TResult>(string name,
        Func<TArgument, CancellationToken, ValueTask<TResult>> function, TimeSpan? lifetime = null, params string[] tags)
        where TArgument : IFormattable => argument => Current.Cache.GetOrCreateAsync(
            $"{name}({argument.ToString(null, System.Globalization.CultureInfo.InvariantCulture)})",
            cancellationToken => function(argument, cancellationToken), lifetime, [name, .. tags]);
}
