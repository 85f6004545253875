namespace Modular;

/// <summary>
/// A layer around the application that shows exceptions sets this feature on a request. What nobody handles is then thrown to the layer, instead of becoming a 500.
/// An application whose <c>PropagatesExceptions</c> was set keeps to that.
/// </summary>
public sealed class ExceptionPropagation;
