using System.Collections.Concurrent;
using System.Globalization;

namespace Microblog.Tests;

/// <summary>
/// Two hundred users at once, each reading and writing as fast as the site answers: on two instances, with sessions in Redis. Afterwards every post that was acknowledged is looked for in the database.
/// MICROBLOG_LOAD_SECONDS=60 goes on for a minute.
/// </summary>
[Collection(nameof(Alone))]
public sealed class LoadTests(ITestOutputHelper output)
{
    const int Users = 200;

    static readonly TimeSpan Time = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("MICROBLOG_LOAD_SECONDS") ?? "10", CultureInfo.InvariantCulture));

    readonly ConcurrentBag<string> _acknowledged = [];
    readonly ConcurrentBag<string> _pictures = [];
    readonly ConcurrentBag<double> _milliseconds = [];
    readonly ConcurrentBag<string> _failures = [];
    int _requests;

    [NeedsFact(Tool.Redis)]
    public async Task With_two_hundred_concurrent_users_no_post_is_lost_and_none_gets_a_5xx()
    {
        await using var redis = await Redis.Start();
        await using var site = await Site.Start("handlebars", ("REDIS", redis.Address));
        var instances = (Uri[])[site.Url, await site.Instance()];
        using var end = new CancellationTokenSource();

        var signed = await Task.WhenAll(Enumerable.Range(0, Users).Select(i => SignUp(instances[i % 2], i)));
        end.CancelAfter(Time);
        await Task.WhenAll(signed.Select((visitor, i) => Use(visitor, i, end.Token)));
        foreach (var visitor in signed) visitor.Dispose();

        var kept = site.Read("SELECT text FROM posts WHERE text LIKE 'post %'", row => row.GetString(0)).Order();
        var sorted = _milliseconds.Order().ToArray();
        output.WriteLine($"{Users} users, {Time.TotalSeconds} s, two instances: {_requests} requests ({_requests / Time.TotalSeconds:0} a second), {_acknowledged.Count} posts of which {_pictures.Count} with a picture; "
            + $"half of the answers came within {sorted[sorted.Length / 2]:0} ms, 99 of 100 within {sorted[sorted.Length * 99 / 100]:0} ms");
        Assert.Empty(_failures);
        Assert.NotEmpty(_acknowledged);
        Assert.Equal(_acknowledged.Order(), kept);
        Assert.Equal(_pictures.Count + 2, Directory.GetFiles(Path.Combine(site.Data, "pictures")).Length);
    }

    async Task<Visitor> SignUp(Uri url, int number)
    {
        var visitor = new Visitor(url);
        Note(await visitor.SignUp($"user{number}"), 303);
        return visitor;
    }

    // Each user reads twice for each post, adds a picture to every tenth post, and sometimes follows another user.
    async Task Use(Visitor visitor, int number, CancellationToken end)
    {
        for (var i = 0; !end.IsCancellationRequested; i++)
        {
            await Timed(() => visitor.Get("/"), 200);
            await Timed(() => visitor.Get(i % 2 == 0 ? "/everyone" : $"/user/user{(number + i) % Users}"), 200);
            var text = $"post {i} of user {number}";
            var hasPicture = i % 10 == 5;
            if (!await Timed(() => hasPicture ? visitor.Publish(text, PictureFiles.Png, "a dawn") : visitor.Post("/post/new", ("text", text)), 303)) continue;
            _acknowledged.Add(text);
            if (hasPicture) _pictures.Add(text);
            if (i % 5 == 0) await Timed(() => visitor.Post($"/user/user{(number + i + 1) % Users}/follow"), 303);
        }
    }

    async Task<bool> Timed(Func<Task<Reply>> send, int expected)
    {
        var start = TimeProvider.System.GetTimestamp();
        var reply = await send();
        _milliseconds.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
        return Note(reply, expected);
    }

    bool Note(Reply reply, int expected)
    {
        Interlocked.Increment(ref _requests);
        if (reply.Status != expected) _failures.Add($"{reply.Status} {reply.Text}");
        return reply.Status == expected;
    }
}

/// <summary>Tests that take the whole machine run when the others are done.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
