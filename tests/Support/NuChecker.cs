using System.Diagnostics;

namespace Modular.Tests.Support;

/// <summary>The checker of the W3C (npm's <c>vnu-jar</c>, which runs on Java).</summary>
public static class NuChecker
{
    /// <summary>The checker's findings, one on each line. Pages are checked as UTF-8, as they are sent.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IEnumerable<(string Name, string Html)> pages)
    {
        var folder = Directory.CreateTempSubdirectory("modular-nu-").FullName;
        try
        {
            foreach (var (name, html) in pages) await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.html"), html);
            var start = new ProcessStartInfo("java", ["-jar", Tools.Path(Tool.Nu), "--format", "gnu", "--skip-non-html", folder]) { RedirectStandardError = true };
            using var java = Process.Start(start)!;
            var said = await java.StandardError.ReadToEndAsync();
            await java.WaitForExitAsync();
            return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Replace($"file:{folder}/", "", StringComparison.Ordinal))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
