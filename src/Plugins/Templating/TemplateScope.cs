namespace Modular.Templating;

/// <summary>What lies around a page: the request that it is rendered for, and what every page of the application can name.</summary>
abstract class TemplateScope
{
    /// <summary>Cancelled when the client went away. Looked up when it is first asked for, which most pages are too short for.</summary>
    internal abstract CancellationToken Cancellation { get; }

    /// <summary>A global or a function. False when there is none of the name.</summary>
    internal abstract bool TryGet(string name, out object? value);
}
