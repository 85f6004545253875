namespace Modular.Templating;

/// <summary>The context of a page: its request, and the names that every page of the application can use.</summary>
abstract class TemplateScope
{
    /// <summary>Cancelled when the client disconnects. It is read on first use, which most pages are too short for.</summary>
    internal abstract CancellationToken Cancellation { get; }

    /// <summary>Gets a global or a function. Returns false when there is none with the name.</summary>
    internal abstract bool TryGet(string name, out object? value);
}
