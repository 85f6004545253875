using System.Security.Cryptography;

namespace Modular.Eng;

/// <summary>A file for each package that <c>sha256sum --check</c> reads.</summary>
static class Checksums
{
    internal static async Task WriteAsync(string folder, IEnumerable<(Package Package, SemVersion Version)> packages, CancellationToken cancellationToken)
    {
        foreach (var (package, version) in packages)
        {
            var lines = new List<string>();
            foreach (var end in (string[])["nupkg", "snupkg", "cdx.json"])
            {
                var file = Path.Combine(folder, $"{package.Id}.{version}.{end}");
                if (!File.Exists(file)) continue;
                await using var stream = File.OpenRead(file);
                lines.Add($"{Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken))}  {Path.GetFileName(file)}\n");
            }
            await File.WriteAllTextAsync(Path.Combine(folder, $"{package.Id}.{version}.sha256"), string.Concat(lines), cancellationToken);
        }
    }
}
