namespace Modular;

/// <summary>Set on a request by a layer that shows exceptions: unhandled ones are thrown to it, instead of becoming a 500.</summary>
/// <remarks>An application whose <c>PropagatesExceptions</c> was set keeps to that.</remarks>
public sealed class ExceptionPropagation;
