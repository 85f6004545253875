using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microblog.Data;

/// <summary>The file, and whose turn it is to write. SQLite has one writer at a time: waiting for it here, without a thread, is better than inside of it.</summary>
sealed class Database(string path) : IHealthCheck, IDisposable
{
    readonly string _connection = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
    readonly SemaphoreSlim _writer = new(1);

    internal async Task<SqliteConnection> Open(CancellationToken gone)
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            await connection.OpenAsync(gone);
            using var command = connection.CreateCommand();
            // For the other instance's writes, which the turn below knows nothing of.
            command.CommandText = "PRAGMA busy_timeout = 10000";
            await command.ExecuteNonQueryAsync(gone);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the turn to write; disposing of it ends the turn.</summary>
    internal async Task<IDisposable> Turn(CancellationToken gone)
    {
        await _writer.WaitAsync(gone);
        return new EndOfTurn(_writer);
    }

    /// <summary>What <c>/health</c> asks.</summary>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = new Db(this, cancellationToken);
        await db.Number($"SELECT 1 FROM users");
        return HealthCheckResult.Healthy();
    }

    public void Dispose() => _writer.Dispose();

    sealed class EndOfTurn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
