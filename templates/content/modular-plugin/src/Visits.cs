using System.Globalization;

namespace AcmePluginNamespace1;

/// <summary>The visits of one visitor, kept in the session.</summary>
public sealed class Visits
{
    readonly Session _session;
    readonly string _key;

    internal Visits(Session session, VisitsOptions options, DateTimeOffset now)
    {
        (_session, _key) = (session, options.SessionKey);
        var (count, last) = Read();
        Count = now - last < options.Pause ? count : count + 1;
        _session[_key] = string.Create(CultureInfo.InvariantCulture, $"{Count} {now.ToUnixTimeSeconds()}");
    }

    /// <summary>The number of visits, this one included.</summary>
    public int Count { get; private set; }

    internal void Forget()
    {
        _session.Remove(_key);
        Count = 0;
    }

    (int Count, DateTimeOffset Last) Read() =>
        _session.Find<string>(_key)?.Split(' ') is [var count, var last]
            ? (int.Parse(count, CultureInfo.InvariantCulture),
                DateTimeOffset.FromUnixTimeSeconds(long.Parse(last, CultureInfo.InvariantCulture)))
            : (0, DateTimeOffset.MinValue);
}
