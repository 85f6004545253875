using System.Data.Common;

namespace Microblog.Data;

/// <summary>A post as it is shown.</summary>
/// <param name="Author">The user name in URLs.</param>
/// <param name="AuthorName">The display name.</param>
/// <param name="Picture">The file name. Null for none.</param>
/// <param name="Alt">The description of the picture.</param>
sealed record Post(long Id, string Author, string AuthorName, string Text, string? Picture, string Alt, DateTimeOffset Made)
{
    internal static Post Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetString(5), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(6)));
}
