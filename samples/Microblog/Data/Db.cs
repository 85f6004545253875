using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Microblog.Data;

/// <summary>
/// One connection, opened on first use. A statement is an interpolated string. Its interpolated values become parameters, like the values of <c>Html($"…")</c> are escaped:
/// a value is never part of the SQL text.
/// </summary>
sealed class Db(Database database, CancellationToken cancellationToken) : IAsyncDisposable
{
    SqliteConnection? _connection;

    /// <summary>The first row, or null.</summary>
    internal async Task<T?> Find<T>(FormattableString sql, Func<DbDataReader, T> row) where T : class
    {
        await using var command = await Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? row(reader) : null;
    }

    internal async Task<List<T>> List<T>(FormattableString sql, Func<DbDataReader, T> row)
    {
        await using var command = await Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(row(reader));
        return rows;
    }

    /// <summary>A single number, such as a count or a new row's id; 0 without a result.</summary>
    internal async Task<long> Number(FormattableString sql)
    {
        await using var command = await Command(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    /// <summary>Runs a changing statement inside <see cref="Write{T}"/>.</summary>
    /// <returns>The number of changed rows.</returns>
    internal async Task<int> Run(FormattableString sql)
    {
        await using var command = await Command(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs the work in a transaction with the write lock.</summary>
    internal async Task<T> Write<T>(Func<Task<T>> work)
    {
        _connection ??= await database.Open(cancellationToken);
        using var writeLock = await database.Lock(cancellationToken);
        await using var transaction = _connection.BeginTransaction(deferred: false);
        var result = await work();
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? default;

    async Task<SqliteCommand> Command(FormattableString sql)
    {
        _connection ??= await database.Open(cancellationToken);
        var command = _connection.CreateCommand();
        var names = new object[sql.ArgumentCount];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = $"@p{i}";
            command.Parameters.AddWithValue($"@p{i}", sql.GetArgument(i) ?? DBNull.Value);
        }
#pragma warning disable CA2100        // the SQL text is a literal of this application; values are parameters
        command.CommandText = string.Format(CultureInfo.InvariantCulture, sql.Format, names);
#pragma warning restore CA2100
        return command;
    }
}
