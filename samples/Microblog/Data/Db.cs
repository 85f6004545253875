using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Microblog.Data;

/// <summary>
/// One connection, opened when it is first used. A statement is an interpolated string whose holes become parameters, as the holes of <c>Html($"…")</c> are escaped:
/// no value is ever a part of the text.
/// </summary>
sealed class Db(Database database, CancellationToken gone) : IAsyncDisposable
{
    SqliteConnection? _connection;

    /// <summary>The first row, or null.</summary>
    internal async Task<T?> Find<T>(FormattableString sql, Func<DbDataReader, T> row) where T : class
    {
        await using var command = await Command(sql);
        await using var reader = await command.ExecuteReaderAsync(gone);
        return await reader.ReadAsync(gone) ? row(reader) : null;
    }

    internal async Task<List<T>> List<T>(FormattableString sql, Func<DbDataReader, T> row)
    {
        await using var command = await Command(sql);
        await using var reader = await command.ExecuteReaderAsync(gone);
        var rows = new List<T>();
        while (await reader.ReadAsync(gone)) rows.Add(row(reader));
        return rows;
    }

    /// <summary>A single number, such as a count or a new row's id; 0 when there is none.</summary>
    internal async Task<long> Number(FormattableString sql)
    {
        await using var command = await Command(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(gone), CultureInfo.InvariantCulture);
    }

    /// <summary>Changes something, inside of <see cref="Write{T}"/>.</summary>
    /// <returns>How many rows.</returns>
    internal async Task<int> Run(FormattableString sql)
    {
        await using var command = await Command(sql);
        return await command.ExecuteNonQueryAsync(gone);
    }

    /// <summary>All of the work or nothing of it, and nobody else writes meanwhile.</summary>
    internal async Task<T> Write<T>(Func<Task<T>> work)
    {
        _connection ??= await database.Open(gone);
        using var turn = await database.Turn(gone);
        await using var transaction = _connection.BeginTransaction(deferred: false);
        var result = await work();
        await transaction.CommitAsync(gone);
        return result;
    }

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? default;

    async Task<SqliteCommand> Command(FormattableString sql)
    {
        _connection ??= await database.Open(gone);
        var command = _connection.CreateCommand();
        var names = new object[sql.ArgumentCount];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = $"@p{i}";
            command.Parameters.AddWithValue($"@p{i}", sql.GetArgument(i) ?? DBNull.Value);
        }
#pragma warning disable CA2100        // the text is written here, in the application; values are parameters
        command.CommandText = string.Format(CultureInfo.InvariantCulture, sql.Format, names);
#pragma warning restore CA2100
        return command;
    }
}
