using System.Globalization;

namespace Modular.Login;

/// <summary>A remembered login, as its cookie contains it.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Stamp">The hash of the user's security stamp, or empty.</param>
/// <param name="Expires">Seconds since 1970.</param>
/// <param name="Series">A random text for each log-in.</param>
/// <param name="Number">How often the login was used, with a store.</param>
readonly record struct RememberToken(string UserId, string Stamp, long Expires, string Series, long Number)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Expires}.{Number}.{Series}.{Stamp}.{UserId}");

    internal static RememberToken? Parse(string text) =>
        text.Split('.', 5) is [var expires, var number, var series, var stamp, { Length: > 0 } id]
        && long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var uses)
        ? new(id, stamp, until, series, uses) : null;
}

/// <summary>A change of the remember-me cookie.</summary>
/// <param name="Token">The new login. Null deletes the cookie.</param>
sealed record RememberChange(RememberToken? Token)
{
    internal static RememberChange Forget { get; } = new((RememberToken?)null);
}
