using Microblog.Data;

namespace Microblog;

/// <summary>Sample users and posts for an empty database.</summary>
sealed class SampleContent(ModularApp app, Pictures pictures, TimeProvider clock) : IHostedService
{
    internal const string DemoPassword = "demo-password", AdminPassword = "admin-password";

    static readonly (string Name, string DisplayName, string Bio)[] People =
    [
        ("admin", "Site admin", "Keeps the place tidy."),
        ("demo", "Demo", "Log in as me and look around."),
        ("ada", "Ada Lovelace", "Poetical science. Notes, mostly longer than what they annotate."),
        ("grace", "Grace Hopper", "Compilers, nanoseconds, and a moth in a relay."),
        ("linus", "Linus the hiker", "Up hills, down hills. Pictures from both."),
    ];

    static readonly (string Author, string Text, string? Picture, string Alt)[] SamplePosts =
    [
        ("admin", "Welcome! This site is the Microblog sample of Modular. Every page is plain HTML, and works without JavaScript.", null, ""),
        ("ada", "The Analytical Engine weaves algebraic patterns, just as the loom weaves flowers and leaves.", null, ""),
        ("grace", "Please cut off a nanosecond and send it over.\n\nIt turned out to be 30 centimetres of wire. People understand wire.", null, ""),
        ("linus", "First light on the ridge. Worth getting up at four.", "dawn.png", "Blue mountain ridges one behind the other, an orange sun rising between two of them"),
        ("demo", "Trying this out. Hello @ada, hello @grace!", null, ""),
        ("ada", "@demo Hello! The sources are worth a look, too: https://github.com/pallets/flask is where the words come from.", null, ""),
        ("grace", "A ship in port is safe, but that is not what ships are built for.", "harbour.png", "A small red sailing boat on a calm sea at dusk, the moon above it"),
        ("linus", "Rain all day. Drew the map of tomorrow instead.", null, ""),
    ];

    static readonly (string Follower, string Followed)[] Reading =
        [("demo", "ada"), ("demo", "grace"), ("ada", "grace"), ("ada", "demo"), ("grace", "ada"), ("linus", "ada"), ("admin", "linus")];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var context = app.AppContext();                 // Current.Db needs a context outside a request
        if (await Current.Db.Number($"SELECT COUNT(*) FROM users") > 0) return;
        var (demo, admin) = (await Passwords.HashAsync(DemoPassword, cancellationToken), await Passwords.HashAsync(AdminPassword, cancellationToken));
        await Current.Db.Write(() => Fill(Current.Db, demo, admin));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // If two instances start at the same time, one writes and the other does nothing.
    async Task<int> Fill(Db db, string demo, string admin)
    {
        if (await db.Number($"SELECT COUNT(*) FROM users") > 0) return 0;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (name, displayName, bio) in People) await db.Run($"""
            INSERT INTO users (name, display_name, bio, password, joined, is_admin)
            VALUES ({name}, {displayName}, {bio}, {(name == "admin" ? admin : demo)}, {now - 86_400}, {name == "admin"})
            """);
        for (var i = 0; i < SamplePosts.Length; i++)
        {
            var (author, text, picture, alt) = SamplePosts[i];
            var file = picture is null ? null : await pictures.Add(Path.Combine(AppContext.BaseDirectory, "sample-content", picture));
            await db.Run($"""
                INSERT INTO posts (author, text, picture, alt, made)
                SELECT id, {text}, {file}, {alt}, {now - (SamplePosts.Length - i) * 3_300} FROM users WHERE name = {author}
                """);
        }
        foreach (var (follower, followed) in Reading) await db.Run($"""
            INSERT INTO follows (follower, followed) SELECT a.id, b.id FROM users a, users b WHERE a.name = {follower} AND b.name = {followed}
            """);
        return People.Length;
    }
}
