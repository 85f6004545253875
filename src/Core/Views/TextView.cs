#pragma warning disable RS0041 // on purpose, see below
// Without annotations, so that (string name) and (string? name) both fit without a warning.
#nullable disable annotations

namespace Modular;

/// <summary>A view that takes one text, the rule's variable of the parameter's name: <c>name => $"Hello {name}"</c>.</summary>
public delegate Response TextView(string value);

/// <summary>As <see cref="TextView"/>, for a view that waits.</summary>
public delegate Task<Response> TextViewAsync(string value);
