namespace Modular;

/// <summary>A mistake in the application's own code or set-up, told in two sentences: what is wrong, and what to write instead.</summary>
/// <param name="message">Both sentences.</param>
/// <param name="inner">What led to it, if another exception did.</param>
public class ModularException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
