namespace Modular;

/// <summary>The current request, its application and its data, from anywhere in the code that handles it. Plugins add theirs.</summary>
/// <remarks>Follows the request through <c>await</c>. A task that outlives it gets an error, never another request's data.</remarks>
public static class Current
{
    /// <summary>The context itself.</summary>
    /// <exception cref="ModularException">No request is being handled here.</exception>
    public static RequestContext Context => Locals.Need();

    /// <summary>The application.</summary>
    /// <inheritdoc cref="Context"/>
    public static ModularApp App => Locals.Need().App;

    /// <summary>The request's own data.</summary>
    /// <inheritdoc cref="Context"/>
    public static Request Request => Locals.Need().Request;

    /// <summary>The application's data for this request; Flask's <c>g</c>.</summary>
    /// <inheritdoc cref="Context"/>
    public static RequestItems G => Locals.Need().G;

    /// <summary>True while a request is being handled here.</summary>
    public static bool HasRequest => Locals.Context is { HasEnded: false, HasRequest: true };

    /// <summary>True while a request or an application context is current here.</summary>
    public static bool HasContext => Locals.Context is { HasEnded: false };
}
