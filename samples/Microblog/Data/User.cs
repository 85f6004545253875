using System.Data.Common;
using System.Globalization;

namespace Microblog.Data;

/// <summary>A user. Templates can read it, so it doesn't contain the password.</summary>
sealed record User(long Id, string Name, string DisplayName, string Bio, long Stamp, bool IsAdmin, bool IsLocked, DateTimeOffset Joined) : IUser
{
    internal static User Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5) != 0, row.GetInt64(6) != 0, DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(7)));

    string IUser.Id => Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Another stamp ends all sessions.</summary>
    string IUser.SecurityStamp => Stamp.ToString(CultureInfo.InvariantCulture);

    bool IUser.IsActive => !IsLocked;
}
