namespace Microblog.Data;

/// <summary>The queries for users.</summary>
static class Users
{
    internal const int PageSize = 30;

    internal static Task<User?> Find(long id) =>
        Current.Db.Find($"SELECT id, name, display_name, bio, stamp, is_admin, is_locked, joined FROM users WHERE id = {id}", User.Read);

    internal static Task<User?> Find(string name) =>
        Current.Db.Find($"SELECT id, name, display_name, bio, stamp, is_admin, is_locked, joined FROM users WHERE name = {name}", User.Read);

    /// <summary>The user with a name, or a 404.</summary>
    internal static async Task<User> Get(string name) => await Find(name) ?? throw new HttpException(404, $"There is no user {name}.");

    internal static async Task<string?> PasswordOf(long id) =>
        await Current.Db.Find($"SELECT password FROM users WHERE id = {id}", row => row.GetString(0));

    /// <summary>The users in the order of their names, after a name.</summary>
    internal static Task<List<User>> After(string name) => Current.Db.List($"""
        SELECT id, name, display_name, bio, stamp, is_admin, is_locked, joined FROM users WHERE name > {name} ORDER BY name LIMIT {PageSize + 1}
        """, User.Read);

    /// <summary>Null when the name is taken. If there is no admin, the first user becomes admin.</summary>
    internal static async Task<User?> Add(string name, string displayName, string password, DateTimeOffset joined)
    {
        var added = await Current.Db.Write(async () => await Find(name) is not null ? null : await Find(await Current.Db.Number($"""
            INSERT INTO users (name, display_name, password, joined, is_admin)
            VALUES ({name}, {displayName}, {password}, {joined.ToUnixTimeSeconds()}, NOT EXISTS (SELECT 1 FROM users WHERE is_admin)) RETURNING id
            """)));
        if (added is not null) await PublicPages.PeopleChanged();
        return added;
    }

    internal static async Task ChangeProfile(long id, string displayName, string bio)
    {
        await Current.Db.Write(() => Current.Db.Run($"UPDATE users SET display_name = {displayName}, bio = {bio} WHERE id = {id}"));
        await PublicPages.PostsChanged();           // they show the name
    }

    /// <summary>Stores a stronger hash of the same password.</summary>
    internal static Task<int> StorePassword(long id, string password) =>
        Current.Db.Write(() => Current.Db.Run($"UPDATE users SET password = {password} WHERE id = {id}"));

    /// <summary>Changes the password and ends all sessions and tokens of the user.</summary>
    /// <returns>The stamp for a new session.</returns>
    internal static Task<long> ChangePassword(long id, string password) => Current.Db.Write(async () =>
    {
        await Current.Db.Run($"DELETE FROM tokens WHERE user = {id}");
        return await Current.Db.Number($"UPDATE users SET password = {password}, stamp = stamp + 1 WHERE id = {id} RETURNING stamp");
    });

    /// <summary>Locks or unlocks a user. Admins can't be locked.</summary>
    internal static async Task SetLocked(long id, bool isLocked)
    {
        await Current.Db.Write(async () =>
        {
            if (isLocked) await Current.Db.Run($"DELETE FROM tokens WHERE user = {id}");
            return await Current.Db.Run($"UPDATE users SET is_locked = {isLocked}, stamp = stamp + 1 WHERE id = {id} AND NOT is_admin");
        });
        await PublicPages.PeopleChanged();
    }
}
