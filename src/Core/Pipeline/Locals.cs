namespace Modular;

/// <summary>The context of the request that the running code belongs to: the one AsyncLocal of the framework.</summary>
static class Locals
{
    static readonly AsyncLocal<RequestContext?> Local = new();

    internal static RequestContext? Context { get => Local.Value; set => Local.Value = value; }

    internal static RequestContext Need([CallerMemberName] string word = "") => (Local.Value ?? throw Outside(word)).Alive(word);

    internal static ModularException Outside(string word) => new($"Current.{word} was read outside a request."
        + " Read it in a view, or in a test inside: using var _ = app.TestRequestContext(\"/\").");

    /// <summary>Makes an existing context current until the scope is disposed of. It doesn't end the context.</summary>
    internal sealed class Entry : IDisposable
    {
        readonly RequestContext? _outer = Context;

        internal Entry(RequestContext context) => Context = context;

        public void Dispose() => Context = _outer;
    }
}
