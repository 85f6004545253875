namespace Microblog.Data;

/// <summary>Failed logins, in the database, so that all instances share the count.</summary>
static class Attempts
{
    internal const int Allowed = 10;

    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Counts an attempt before the password is checked, so that concurrent attempts don't exceed the limit.</summary>
    /// <returns>False after too many attempts.</returns>
    internal static Task<bool> Begin(string who, DateTimeOffset now) => Current.Db.Write(async () =>
    {
        await Current.Db.Run($"DELETE FROM attempts WHERE at < {(now - Window).ToUnixTimeSeconds()}");
        if (await Current.Db.Number($"SELECT COUNT(*) FROM attempts WHERE who = {who}") >= Allowed) return false;
        return await Current.Db.Run($"INSERT INTO attempts (who, at) VALUES ({who}, {now.ToUnixTimeSeconds()})") == 1;
    });

    internal static Task<int> Forget(string who) => Current.Db.Write(() => Current.Db.Run($"DELETE FROM attempts WHERE who = {who}"));
}
