namespace Microblog.Data;

/// <summary>The followers of users.</summary>
static class Follows
{
    /// <returns>False when the user follows the other one already.</returns>
    internal static Task<bool> Add(long follower, long followed) =>
        Change($"INSERT INTO follows (follower, followed) VALUES ({follower}, {followed}) ON CONFLICT DO NOTHING");

    /// <returns>False when the user doesn't follow the other one.</returns>
    internal static Task<bool> Remove(long follower, long followed) =>
        Change($"DELETE FROM follows WHERE follower = {follower} AND followed = {followed}");

    internal static async Task<bool> Exists(long follower, long followed) =>
        await Current.Db.Number($"SELECT COUNT(*) FROM follows WHERE follower = {follower} AND followed = {followed}") > 0;

    /// <summary>The users that a user follows, after a name.</summary>
    internal static Task<List<User>> By(long id, string after) => Current.Db.List($"""
        SELECT id, name, display_name, bio, stamp, is_admin, is_locked, joined FROM users JOIN follows ON followed = id
        WHERE follower = {id} AND name > {after} ORDER BY name LIMIT {Users.PageSize + 1}
        """, User.Read);

    /// <summary>The followers of a user, after a name.</summary>
    internal static Task<List<User>> Of(long id, string after) => Current.Db.List($"""
        SELECT id, name, display_name, bio, stamp, is_admin, is_locked, joined FROM users JOIN follows ON follower = id
        WHERE followed = {id} AND name > {after} ORDER BY name LIMIT {Users.PageSize + 1}
        """, User.Read);

    /// <summary>Users that a user doesn't follow yet, the most active first.</summary>
    internal static Task<List<User>> Suggested(long id) => Current.Db.List($"""
        SELECT id, name, display_name, bio, stamp, is_admin, is_locked, joined FROM users
        WHERE id <> {id} AND NOT is_locked AND NOT EXISTS (SELECT 1 FROM follows WHERE follower = {id} AND followed = users.id)
        ORDER BY (SELECT MAX(posts.id) FROM posts WHERE author = users.id) DESC NULLS LAST LIMIT 5
        """, User.Read);

    static async Task<bool> Change(FormattableString sql)
    {
        if (await Current.Db.Write(() => Current.Db.Run(sql)) == 0) return false;
        await PublicPages.PeopleChanged();
        return true;
    }

    internal static async Task<Counts> CountsOf(long id) => new(
        await Current.Db.Number($"SELECT COUNT(*) FROM posts WHERE author = {id}"),
        await Current.Db.Number($"SELECT COUNT(*) FROM follows WHERE follower = {id}"),
        await Current.Db.Number($"SELECT COUNT(*) FROM follows WHERE followed = {id}"));
}

sealed record Counts(long Posts, long Following, long Followers);
