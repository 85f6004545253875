namespace Modular.Eng;

/// <summary>Something must be changed first. The message has two sentences: what is wrong, and what to do.</summary>
sealed class ReleaseException(string message) : Exception(message);
