namespace Modular;

/// <summary>Makes a context that is alive already current, until it is left. It does not end the context.</summary>
sealed class ContextEntry : IDisposable
{
    readonly RequestContext? _outer = Locals.Context;

    internal ContextEntry(RequestContext context) => Locals.Context = context;

    public void Dispose() => Locals.Context = _outer;
}
