namespace Modular.Login;

/// <summary>The application's function that loads a user.</summary>
/// <param name="Load">Returns the user of an id, or null.</param>
/// <param name="IsSynchronous">True when the function never waits.</param>
sealed record UserLoader(Func<RequestContext, string, CancellationToken, ValueTask<IUser?>> Load, bool IsSynchronous);
