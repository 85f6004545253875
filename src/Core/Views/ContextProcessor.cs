namespace Modular;

/// <summary>Gives values to every page of a scope; as Flask's context processor. Values that are handed to <c>RenderTemplate</c> win over them.</summary>
/// <returns>Names and values.</returns>
public delegate IEnumerable<(string Name, object? Value)> ContextProcessor(RequestContext context);
