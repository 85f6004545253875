namespace Modular;

/// <summary>A feature that a layer which shows exceptions sets on a request: what nobody handles is thrown to it, and is no 500.</summary>
/// <remarks>An application whose <c>PropagatesExceptions</c> was set keeps to that.</remarks>
public sealed class ExceptionPropagation;
