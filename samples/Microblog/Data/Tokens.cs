using System.Security.Cryptography;
using System.Text;

namespace Microblog.Data;

/// <summary>Tokens for programs. The database contains only their hashes, so a reader of the database can't use them.</summary>
static class Tokens
{
    internal static async Task<string> Make(long user, DateTimeOffset made)
    {
        var token = $"mb_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";
        await Current.Db.Write(() => Current.Db.Run($"INSERT INTO tokens (hash, user, made) VALUES ({Hash(token)}, {user}, {made.ToUnixTimeSeconds()})"));
        return token;
    }

    internal static Task<User?> UserOf(string token) => Current.Db.Find($"""
        SELECT id, name, display_name, bio, stamp, is_admin, is_locked, joined FROM users WHERE NOT is_locked AND id = (SELECT user FROM tokens WHERE hash = {Hash(token)})
        """, User.Read);

    internal static Task<int> RemoveAll(long user) => Current.Db.Write(() => Current.Db.Run($"DELETE FROM tokens WHERE user = {user}"));

    // A random token can't be guessed, so it needs no slow hash.
    static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
