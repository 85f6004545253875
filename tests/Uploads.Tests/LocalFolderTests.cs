using System.Text;

namespace Modular.Uploads.Tests;

public sealed class LocalFolderTests
{
    static MemoryStream Bytes(int count) => new(new byte[count]);

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a\\b")]
    [InlineData("C:x")]
    [InlineData("x:stream")]
    [InlineData("nul")]
    [InlineData("a/CON.txt")]
    [InlineData("com1 .log")]
    [InlineData("x.")]
    [InlineData("x ")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData(".modular-1.upload")]
    public async Task A_name_that_could_lead_elsewhere_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        var store = new LocalFolder(Path.Combine(folder.Path, "inside"));

        var statuses = new[]
        {
            (await Assert.ThrowsAsync<HttpException>(() => store.SaveAsync(name, Bytes(1)))).Status,
            (await Assert.ThrowsAsync<HttpException>(() => store.OpenAsync(name))).Status,
            (await Assert.ThrowsAsync<HttpException>(() => store.DeleteAsync(name))).Status,
        };

        Assert.Equal([400, 400, 400], statuses);
        Assert.Equal(0, Leftovers.Files(folder.Path));
    }

    [Fact]
    public async Task A_link_to_another_folder_is_not_followed()
    {
        using var folder = new TemporaryFolder(("outside/secret.txt", "secret"), ("inside/own.txt", "own"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "inside/link"), Path.Combine(folder.Path, "outside"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "inside/file"), Path.Combine(folder.Path, "outside/secret.txt"));
        var store = new LocalFolder(Path.Combine(folder.Path, "inside"));

        var error = await Assert.ThrowsAsync<HttpException>(() => store.SaveAsync("link/x", Bytes(1)));
        var (read, deleted) = (await store.OpenAsync("link/secret.txt"), await store.DeleteAsync("link/secret.txt"));
        await store.SaveAsync("file", Bytes(1));

        Assert.Equal((400, null, false), (error.Status, read, deleted));
        Assert.Equal("secret", File.ReadAllText(Path.Combine(folder.Path, "outside/secret.txt")));
        Assert.Equal(1, new FileInfo(Path.Combine(folder.Path, "inside/file")).Length);
    }

    [Fact]
    public async Task Files_are_saved_opened_and_deleted_by_name()
    {
        using var folder = new TemporaryFolder();
        var store = new LocalFolder(Path.Combine(folder.Path, "made"));

        var name = await store.SaveAsync("2026/a.txt", new MemoryStream("hello"u8.ToArray()));
        string text;
        await using (var file = await store.OpenAsync(name)) text = await new StreamReader(file!).ReadToEndAsync();
        var (first, second) = (await store.DeleteAsync(name), await store.DeleteAsync(name));

        Assert.Equal(("2026/a.txt", "hello", true, false, null), (name, text, first, second, await store.OpenAsync(name)));
    }

    [Fact]
    public async Task A_quota_counts_what_is_there_what_is_replaced_and_what_is_deleted()
    {
        using var folder = new TemporaryFolder(("old", new string('x', 40)));
        var store = new LocalFolder(folder.Path, new() { Quota = 100 });

        await store.SaveAsync("a", Bytes(60));
        var full = await Assert.ThrowsAsync<HttpException>(() => store.SaveAsync("b", Bytes(1)));
        await store.DeleteAsync("old");
        await store.SaveAsync("a", Bytes(40));
        await store.SaveAsync("c", Bytes(60));
        var fullAgain = await Assert.ThrowsAsync<HttpException>(() => store.SaveAsync("d", Bytes(1)));

        Assert.Equal((507, 507), (full.Status, fullAgain.Status));
        Assert.Equal(["a", "c"], Directory.GetFiles(folder.Path).Select(file => Path.GetFileName(file)).Order());
    }

    [Fact]
    public async Task Many_at_once_do_not_pass_a_quota()
    {
        using var folder = new TemporaryFolder();
        var store = new LocalFolder(folder.Path, new() { Quota = 1000 });

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            try
            {
                await store.SaveAsync($"{i}", Bytes(100));
            }
            catch (HttpException error) when (error.Status == 507)
            {
            }
        })));

        Assert.InRange(new DirectoryInfo(folder.Path).EnumerateFiles().Sum(file => file.Length), 100, 1000);
    }

    [Fact]
    public async Task Space_of_a_file_that_many_replace_at_once_is_freed_once()
    {
        using var folder = new TemporaryFolder();
        var store = new LocalFolder(folder.Path, new() { Quota = 1000 });
        await store.SaveAsync("a", Bytes(500));
        var gate = new TaskCompletionSource();

        var saves = Enumerable.Range(0, 5).Select(_ => store.SaveAsync("a", new Gated(gate.Task, 50))).ToArray();
        gate.SetResult();
        await Task.WhenAll(saves);

        Assert.Equal(950, await Room(store));
    }

    [Fact]
    public async Task Space_of_a_file_that_many_delete_at_once_is_freed_once()
    {
        using var folder = new TemporaryFolder();
        var store = new LocalFolder(folder.Path, new() { Quota = 1000 });

        for (var round = 0; round < 300; round++)
        {
            await store.SaveAsync("a", Bytes(100));
            var deleted = new bool[4];
            Parallel.For(0, 4, i => deleted[i] = store.DeleteAsync("a").GetAwaiter().GetResult());
            Assert.Single(deleted, true);
        }

        Assert.Equal(1000, await Room(store));
    }

    [Fact]
    public async Task Space_of_a_file_that_is_deleted_before_a_save_is_freed_once()
    {
        using var folder = new TemporaryFolder(("old", new string('x', 400)));
        var store = new LocalFolder(folder.Path, new() { Quota = 1000 });

        await store.DeleteAsync("old");

        Assert.Equal(1000, await Room(store));
    }

    [Fact]
    public async Task A_file_that_was_not_saved_does_not_count()
    {
        using var folder = new TemporaryFolder();
        var store = new LocalFolder(folder.Path, new() { Quota = 1000, Save = new() { IfExists = IfExists.Fail } });
        await store.SaveAsync("a", Bytes(100));
        using var gone = new CancellationTokenSource();

        await Assert.ThrowsAsync<IOException>(() => store.SaveAsync("a", Bytes(300)));
        await Assert.ThrowsAsync<IOException>(() => store.SaveAsync("b", new Gated(Task.CompletedTask, 300, new IOException("reset"))));
        await Assert.ThrowsAsync<HttpException>(() => store.SaveAsync("c", Bytes(2000)));
        var cancelled = store.SaveAsync("d", new Gated(Task.Delay(Timeout.Infinite, gone.Token), 300), gone.Token);
        gone.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        Assert.Equal(900, await Room(store));
        Assert.Equal(1, Leftovers.Files(folder.Path));
    }

    [Fact]
    public async Task A_smaller_file_and_an_empty_one_free_the_rest_of_the_replaced_space()
    {
        using var folder = new TemporaryFolder();
        var store = new LocalFolder(folder.Path, new() { Quota = 1000 });
        await store.SaveAsync("a", Bytes(400));
        await store.SaveAsync("b", Bytes(400));

        await store.SaveAsync("a", Bytes(100));
        await store.SaveAsync("b", Bytes(0));

        Assert.Equal(900, await Room(store));
    }

    [Fact]
    public async Task All_stores_on_a_folder_count_together_however_its_path_is_written()
    {
        using var folder = new TemporaryFolder(("there/old", new string('x', 100)));
        var path = Path.Combine(folder.Path, "there");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "link"), path);
        var options = new LocalFolderOptions { Quota = 1000 };
        var (first, second, third) = (new LocalFolder(path, options), new LocalFolder(path + "/./", options), new LocalFolder(Path.Combine(folder.Path, "link"), options));
        var unlimited = new LocalFolder(path);

        await first.SaveAsync("a", Bytes(200));
        await second.SaveAsync("b", Bytes(200));
        await third.SaveAsync("a", Bytes(300));
        await unlimited.SaveAsync("c", Bytes(100));
        await unlimited.DeleteAsync("old");

        Assert.Equal(400, await Room(first));
        Assert.Equal(400, await Room(third));
    }

    // How many bytes still fit, tried out.
    static async Task<int> Room(LocalFolder store)
    {
        var room = 0;
        for (var step = 1024; step > 0; step /= 2)
        {
            try
            {
                await store.SaveAsync("room", Bytes(room + step));
                await store.DeleteAsync("room");
                room += step;
            }
            catch (HttpException error) when (error.Status == 507)
            {
            }
        }
        return room;
    }

    [Theory]
    [InlineData("../../x.txt", "x.txt")]
    [InlineData("CON", "_CON")]
    public async Task Without_a_given_name_a_file_gets_a_safe_one(string sent, string expected)
    {
        using var folder = new TemporaryFolder();
        var app = new ModularApp().UseUploads();
        app.Post("/", async () => await Current.Request.Files["f"].SaveAsync(new LocalFolder(folder.Path)));
        await using var client = app.TestClient();

        var (named, nameless, @long) = (await client.PostAsync("/", Multipart.Request(Multipart.File("f", sent, "1"))), await client.PostAsync("/", Multipart.Request(Multipart.File("f", "..", "2"))),
            await client.PostAsync("/", Multipart.Request(Multipart.File("f", $"{new string('n', 3000)}.tar.png", "3"))));

        Assert.Equal(expected, named.Text);
        Assert.Equal("2", File.ReadAllText(Path.Combine(folder.Path, nameless.Text)));
        Assert.Equal((32, 200, ".png"), (nameless.Text.Length, @long.Text.Length, Path.GetExtension(@long.Text)));
    }

    [Fact]
    public void Invalid_options_are_refused()
    {
        Assert.StartsWith("Quota must be at least 0 bytes, or null for no quota.", Assert.Throws<ArgumentOutOfRangeException>(() => new LocalFolderOptions { Quota = -1 }).Message);
        Assert.StartsWith("MemoryThreshold must be at least 0 bytes.", Assert.Throws<ArgumentOutOfRangeException>(() => new UploadOptions { MemoryThreshold = -1 }).Message);
        Assert.Equal("The folder for temporary files, \"/nowhere\", doesn't exist. Create it, or set UploadOptions.TemporaryFolder to another folder.",
            Assert.Throws<ModularException>(() => new ModularApp().UseUploads(new() { TemporaryFolder = "/nowhere" }).AppContext()).Message);
    }

    [Fact]
    public async Task A_store_may_be_anything()
    {
        var store = new Shelf();
        var app = new ModularApp().UseUploads();
        app.Post("/", async () => await Current.Request.Files["f"].SaveAsync(store, "of my own"));
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", Multipart.Request(Multipart.File("f", "x", "hello")));

        Assert.Equal(("OF MY OWN", "hello"), (response.Text, store.Content));
    }

    // Waits, and then returns its bytes, or half of them and an error.
    sealed class Gated(Task gate, int count, Exception? error = null) : MemoryStream(new byte[count])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await gate;
            if (error is not null && Position > 0) throw error;
            return await base.ReadAsync(error is null ? buffer : buffer[..Math.Min(buffer.Length, count / 2)], cancellationToken);
        }
    }

    sealed class Shelf : IUploadStore
    {
        internal string Content { get; private set; } = "";

        public async Task<string> SaveAsync(string name, Stream content, CancellationToken cancellation)
        {
            Content = await new StreamReader(content, Encoding.UTF8).ReadToEndAsync(cancellation);
            return name.ToUpperInvariant();
        }

        public Task<Stream?> OpenAsync(string name, CancellationToken cancellation) => Task.FromResult<Stream?>(null);

        public Task<bool> DeleteAsync(string name, CancellationToken cancellation) => Task.FromResult(false);
    }
}
