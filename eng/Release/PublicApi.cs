namespace Modular.Eng;

/// <summary>The files that list the public API. A release moves new entries to the shipped file.</summary>
static class PublicApi
{
    const string Header = "#nullable enable";
    const string Removed = "*REMOVED*";

    /// <returns>False without new entries.</returns>
    internal static async Task<bool> ShipAsync(string folder, CancellationToken cancellationToken)
    {
        var (shipped, unshipped) = (Path.Combine(folder, "PublicAPI.Shipped.txt"), Path.Combine(folder, "PublicAPI.Unshipped.txt"));
        if (!File.Exists(unshipped)) return false;
        var fresh = await LinesAsync(unshipped, cancellationToken);
        if (fresh.Count == 0) return false;
        var gone = fresh.Where(line => line.StartsWith(Removed, StringComparison.Ordinal)).Select(line => line[Removed.Length..]).ToHashSet();
        var all = (await LinesAsync(shipped, cancellationToken)).Concat(fresh)
            .Where(line => !line.StartsWith(Removed, StringComparison.Ordinal) && !gone.Contains(line)).Distinct().Order(StringComparer.Ordinal);
        await File.WriteAllTextAsync(shipped, string.Concat(all.Prepend(Header).Select(line => $"{line}\n")), cancellationToken);
        await File.WriteAllTextAsync(unshipped, $"{Header}\n", cancellationToken);
        return true;
    }

    static async Task<List<string>> LinesAsync(string file, CancellationToken cancellationToken) =>
        [.. (await File.ReadAllLinesAsync(file, cancellationToken)).Where(line => line.Length > 0 && line != Header)];
}
