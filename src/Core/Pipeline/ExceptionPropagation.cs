namespace Modular;

/// <summary>A request feature: unhandled exceptions are thrown, not answered with 500, unless <c>PropagatesExceptions</c> is set.</summary>
public sealed class ExceptionPropagation;
