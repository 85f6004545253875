namespace Microblog;

/// <summary>The pictures of posts, in a folder. What a file is, its first bytes say; its name is ours.</summary>
sealed class Pictures(string folder)
{
    internal const int MaxBytes = 5_000_000;

    static readonly Dictionary<string, string> Endings = new()
    {
        ["image/png"] = "png", ["image/jpeg"] = "jpg", ["image/gif"] = "gif", ["image/webp"] = "webp",
    };

    readonly LocalFolder _store = new(folder, new() { Save = new() { IfExists = IfExists.Fail, Types = [.. Endings.Keys], FlushToDisk = true }, Quota = 10_000_000_000 });

    /// <summary>Keeps a file, whole or not at all.</summary>
    /// <returns>The name that it is served under.</returns>
    /// <exception cref="HttpException">415: it is no picture.</exception>
    internal async Task<string> Save(FileStorage file, CancellationToken gone)
    {
        var ending = Endings.GetValueOrDefault(await file.DetectTypeAsync(gone)) ?? throw new HttpException(415, "This file is no PNG, JPEG, GIF or WebP picture.");
        return await file.SaveAsync(_store, $"{Guid.CreateVersion7():N}.{ending}", gone);
    }

    internal Task Delete(string name) => _store.DeleteAsync(name);

    /// <summary>Puts a picture there that comes with the application.</summary>
    internal async Task<string> Add(string path)
    {
        await using var content = File.OpenRead(path);
        return await _store.SaveAsync($"{Guid.CreateVersion7():N}{Path.GetExtension(path)}", content);
    }

    // A name is given once, so a browser need not ask again.
    internal Response Send(string name) => SendFromDirectory(folder, name, new() { MaxAge = TimeSpan.FromDays(365) });
}
