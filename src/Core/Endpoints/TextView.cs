#pragma warning disable RS0041 // on purpose, see below
// Without annotations, so that (string name) and (string? name) both fit without a warning.
#nullable disable annotations

namespace Modular;

/// <summary>A view that takes one text, the rule's variable of the parameter's name: <c>name => $"Hello {name}"</c>.</summary>
/// <typeparam name="T">The type it returns, or a task of that type.</typeparam>
public delegate T TextView<out T>(string value);
