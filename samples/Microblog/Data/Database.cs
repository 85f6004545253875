using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microblog.Data;

/// <summary>The database file and its write lock. SQLite has one writer at a time. Waiting for the lock here doesn't block a thread, but waiting in SQLite does.</summary>
sealed class Database(string path) : IHealthCheck, IDisposable
{
    readonly string _connection = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
    readonly SemaphoreSlim _writer = new(1);

    internal async Task<SqliteConnection> Open(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            await connection.OpenAsync(cancellationToken);
            using var command = connection.CreateCommand();
            // For writes of other instances, which the lock below doesn't cover.
            command.CommandText = "PRAGMA busy_timeout = 10000";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the write lock. Disposing the result releases it.</summary>
    internal async Task<IDisposable> Lock(CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        return new WriteLock(_writer);
    }

    /// <summary>The check for <c>/health</c>.</summary>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = new Db(this, cancellationToken);
        await db.Number($"SELECT 1 FROM users");
        return HealthCheckResult.Healthy();
    }

    public void Dispose() => _writer.Dispose();

    sealed class WriteLock(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
