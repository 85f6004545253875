namespace Modular;

/// <summary>A mistake in the application's code or set-up, reported in two sentences: what is wrong, and what to write instead.</summary>
public class ModularException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
