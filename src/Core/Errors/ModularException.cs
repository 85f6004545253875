namespace Modular;

/// <summary>A mistake in the application's code or set-up, reported in two sentences: what is wrong, and what to write instead.</summary>
/// <param name="message">Both sentences.</param>
/// <param name="inner">The exception that caused it, if any.</param>
public class ModularException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
