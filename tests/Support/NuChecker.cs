using System.Diagnostics;

namespace Modular.Tests.Support;

/// <summary>A fact that needs the Nu HTML checker. On a machine without it it is skipped, and says so; where CI is set it fails instead.</summary>
public sealed class NuFactAttribute : FactAttribute
{
    public NuFactAttribute() => Skip = NuChecker.Missing;
}

/// <summary>As <see cref="NuFactAttribute"/>, with data.</summary>
public sealed class NuTheoryAttribute : TheoryAttribute
{
    public NuTheoryAttribute() => Skip = NuChecker.Missing;
}

/// <summary>The checker of the W3C (npm's <c>vnu-jar</c>, which runs on Java). <c>VNU_JAR</c> says where it is, unless npm installed it for all.</summary>
public static class NuChecker
{
    static readonly string? Jar = ((string?[])
    [
        Environment.GetEnvironmentVariable("VNU_JAR"), .. ((string[])["/usr/lib", "/usr/local/lib", "/usr/share"]).Select(folder => $"{folder}/node_modules/vnu-jar/build/dist/vnu.jar"),
    ]).FirstOrDefault(File.Exists);

    /// <summary>Why nobody checks the pages; null where there is a checker, or has to be one.</summary>
    public static string? Missing { get; } = (Jar is null || !File.Exists("/usr/bin/java")) && Environment.GetEnvironmentVariable("CI") is not "true"
        ? "THERE IS NO HTML CHECKER HERE, so nobody has checked the pages. Install one: apt-get install default-jre-headless npm && npm install --global vnu-jar." : null;

    /// <summary>What the checker says, one finding a line. Pages are checked as they are sent: as UTF-8.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IEnumerable<(string Name, string Html)> pages)
    {
        var folder = Directory.CreateTempSubdirectory("modular-nu-").FullName;
        try
        {
            foreach (var (name, html) in pages) await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.html"), html);
            var start = new ProcessStartInfo("java", ["-jar", Jar ?? throw new InvalidOperationException("There is no vnu.jar, and CI is set."), "--format", "gnu", "--skip-non-html", folder]) { RedirectStandardError = true };
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
