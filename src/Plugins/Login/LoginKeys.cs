using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Modular.Login;

/// <summary>The login in a session. The first three keys are those of Flask-Login, so that both can share a session.</summary>
static class LoginKeys
{
    internal const string User = "_user_id";
    internal const string Fresh = "_fresh";
    internal const string Client = "_id";
    internal const string Stamp = "_login_stamp";
    internal const string Began = "_login_at";
    internal const string Seen = "_login_seen";

    static readonly string[] All = [User, Fresh, Client, Stamp, Began, Seen];

    internal static string? UserOf(Session session) => session.Find(User) switch
    {
        string { Length: > 0 } id => id,
        int or long => Convert.ToString(session.Find(User), CultureInfo.InvariantCulture),
        _ => null,
    };

    internal static long? TimeOf(Session session, string key) => session.Find(key) switch
    {
        int seconds => seconds,
        long seconds => seconds,
        _ => null,
    };

    /// <summary>Removes the login and gives the session a new id, so that a request that still runs can't write the old one back.</summary>
    internal static void Remove(Session session)
    {
        foreach (var key in All) session.Remove(key);
        session.Regenerate();
    }

    /// <summary>A hash of the user's stamp for cookies, which visitors can read. Empty without a stamp.</summary>
    internal static string StampOf(IUser user)
    {
        if (user.SecurityStamp is not { } stamp) return "";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Id}\0{stamp}"));
        return Base64Url.EncodeToString(hash.AsSpan(0, 16));
    }
}
