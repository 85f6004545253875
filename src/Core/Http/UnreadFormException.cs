namespace Modular;

/// <summary>The 415 of a form that somebody looks at and that no plugin reads.</summary>
sealed class UnreadFormException() : HttpException(StatusCodes.Status415UnsupportedMediaType);
