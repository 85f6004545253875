namespace Microblog;

/// <summary>The pictures of posts, in a folder. The type comes from the first bytes, and the name is generated.</summary>
sealed class Pictures(string folder)
{
    internal const int MaxBytes = 5_000_000;

    static readonly Dictionary<string, string> Endings = new()
    {
        ["image/png"] = "png", ["image/jpeg"] = "jpg", ["image/gif"] = "gif", ["image/webp"] = "webp",
    };

    readonly LocalFolder _store = new(folder, new() { Save = new() { IfExists = IfExists.Fail, Types = [.. Endings.Keys], FlushToDisk = true }, Quota = 10_000_000_000 });

    /// <summary>Saves a file completely or not at all.</summary>
    /// <returns>The name in URLs.</returns>
    /// <exception cref="HttpException">415: the file isn't a picture.</exception>
    internal async Task<string> Save(FileStorage file, CancellationToken cancellationToken)
    {
        var ending = Endings.GetValueOrDefault(await file.DetectTypeAsync(cancellationToken)) ?? throw new HttpException(415, "This file isn't a PNG, JPEG, GIF or WebP picture.");
        return await file.SaveAsync(_store, $"{Guid.CreateVersion7():N}.{ending}", cancellationToken);
    }

    internal Task Delete(string name) => _store.DeleteAsync(name);

    /// <summary>Adds a picture of the application.</summary>
    internal async Task<string> Add(string path)
    {
        await using var content = File.OpenRead(path);
        return await _store.SaveAsync($"{Guid.CreateVersion7():N}{Path.GetExtension(path)}", content);
    }

    // A name never gets another picture, so browsers can cache it.
    internal Response Send(string name) => SendFromDirectory(folder, name, new() { MaxAge = TimeSpan.FromDays(365) });
}
