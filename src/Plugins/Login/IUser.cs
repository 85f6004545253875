using System.Security.Claims;

namespace Modular.Login;

/// <summary>A user of the application. Implement it in your own class or record.</summary>
/// <example><code>
/// sealed record User(int Id, string Name, string PasswordHash, int Version) : IUser
/// {
///     string IUser.Id => $"{Id}";
///     string IUser.SecurityStamp => $"{Version}";
/// }
/// </code></example>
public interface IUser
{
    /// <summary>The id, which the session stores and <c>UseLogin</c> loads the user by. It never changes and isn't used again.</summary>
    string Id { get; }

    /// <summary>
    /// A text that changes when all logins of the user must end: after a new password, or when the user logs out everywhere. A counter or
    /// a random text. Default null: logins can't be ended from the server.
    /// </summary>
    string? SecurityStamp => null;

    /// <summary>False for a locked user, who can't log in and whose logins have ended. Default true.</summary>
    bool IsActive => true;

    /// <summary>More claims for ASP.NET's authorization, such as a name or roles. Default: the id alone.</summary>
    IEnumerable<Claim> Claims => [];
}
