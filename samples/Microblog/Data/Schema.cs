namespace Microblog.Data;

/// <summary>Creates the tables of a new database. Several instances can start at the same time.</summary>
sealed class Schema(Database database) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = new Db(database, cancellationToken);
        await db.Run($"PRAGMA journal_mode = WAL");          // readers do not wait for the writer
        await db.Write(async () => await db.Number($"PRAGMA user_version") switch
        {
            0 => await Make(db),
            1 => await db.Run($"DROP TABLE attempts; PRAGMA user_version = 2"),        // Modular.Login counts attempts
            _ => 0,
        });
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    static Task<int> Make(Db db) => db.Run($"""
        CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            display_name TEXT NOT NULL,
            bio TEXT NOT NULL DEFAULT '',
            password TEXT NOT NULL,
            stamp INTEGER NOT NULL DEFAULT 0,               -- counted up, it ends all sessions of this user
            is_admin INTEGER NOT NULL DEFAULT 0,
            is_locked INTEGER NOT NULL DEFAULT 0,
            joined INTEGER NOT NULL                         -- seconds since 1970, as all times here
        ) STRICT;
        CREATE TABLE posts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            author INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            text TEXT NOT NULL,
            picture TEXT,
            alt TEXT NOT NULL DEFAULT '',
            made INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX posts_by_author ON posts (author, id);
        CREATE TABLE follows (
            follower INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            followed INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            PRIMARY KEY (follower, followed),
            CHECK (follower <> followed)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX follows_by_followed ON follows (followed, follower);
        CREATE TABLE tokens (
            hash TEXT PRIMARY KEY,
            user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            made INTEGER NOT NULL
        ) STRICT;
        CREATE VIEW posts_shown AS
            SELECT posts.id, users.name, users.display_name, text, picture, alt, made, author FROM posts JOIN users ON users.id = author;
        PRAGMA user_version = 2;
        """);
}
