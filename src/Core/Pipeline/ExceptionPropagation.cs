namespace Modular;

/// <summary>A request feature: unhandled exceptions are thrown instead of a 500, unless <c>PropagatesExceptions</c> is set.</summary>
public sealed class ExceptionPropagation;
