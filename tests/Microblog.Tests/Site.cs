using Microsoft.Data.Sqlite;

namespace Microblog.Tests;

/// <summary>The site in its own process, with a temporary folder.</summary>
sealed class Site : IAsyncDisposable
{
    readonly List<ServedProcess> _processes = [];
    readonly (string, string)[] _environment;

    Site(string engine, (string, string)[] environment)
    {
        Data = Directory.CreateTempSubdirectory("microblog-").FullName;
        _environment = [("PORT", "0"), ("DATA", Data), ("ENGINE", engine), .. environment];
    }

    internal string Data { get; }

    internal Uri Url { get; private set; } = null!;

    internal static async Task<Site> Start(string engine = "handlebars", params (string, string)[] environment)
    {
        var site = new Site(engine, environment);
        site.Url = await site.Instance();
        return site;
    }

    /// <summary>On a socket, which has no address of its own.</summary>
    internal static async Task<Site> StartOn(string host, params (string, string)[] environment)
    {
        var site = new Site("handlebars", [("HOST", host), .. environment]);
        await site.Begin().Line(" * Running on ");
        return site;
    }

    /// <summary>One more process on the same folder.</summary>
    /// <returns>Its address.</returns>
    internal async Task<Uri> Instance() => await Begin().Url();

    internal ServedProcess Begin()
    {
        var process = ServedProcess.Start("Microblog.dll", [], _environment);
        _processes.Add(process);
        return process;
    }

    /// <summary>Stops it as a service manager does.</summary>
    internal async Task<(int Code, string Output, string Error)> Stop()
    {
        var process = _processes[^1];
        _processes.RemoveAt(_processes.Count - 1);
        await process.Signal("TERM");
        var end = await process.Exit();
        await process.DisposeAsync();
        return end;
    }

    internal async Task StartAgain() => Url = await Instance();

    /// <summary>Reads the database directly.</summary>
    internal long Count(string sql) => Read(sql, row => row.GetInt64(0)).Single();

    /// <summary>The first column of each row.</summary>
    internal List<T> Read<T>(string sql, Func<SqliteDataReader, T> value)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "microblog.db")}; Mode=ReadOnly; Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100        // the tests' own text
        command.CommandText = sql;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        var values = new List<T>();
        while (rows.Read()) values.Add(value(rows));
        return values;
    }

    /// <summary>Changes the database directly.</summary>
    internal void Write(string sql, object? hash = null)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "microblog.db")}; Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100        // the tests' own text
        command.CommandText = sql;
#pragma warning restore CA2100
        if (hash is not null) command.Parameters.AddWithValue("$hash", hash);
        command.ExecuteNonQuery();
    }

    /// <summary>All data that a visitor can change, in one line. A refused request must not change it.</summary>
    internal string Contents() => string.Join(' ', Count("SELECT COUNT(*) FROM users"), Count("SELECT COUNT(*) FROM posts"), Count("SELECT COUNT(*) FROM follows"), Count("SELECT COUNT(*) FROM tokens"),
        Count("SELECT SUM(LENGTH(display_name) + LENGTH(bio) + is_locked + is_admin + stamp) FROM users"), Directory.GetFiles(Path.Combine(Data, "pictures")).Length);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }
}
