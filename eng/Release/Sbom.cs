using System.IO.Compression;
using System.Xml.Linq;

namespace Modular.Eng;

/// <summary>The software bill of materials of a package, by CycloneDX: its dependencies with versions, hashes and licences.</summary>
sealed class Sbom(DotNet dotnet, string root, string work, IReadOnlyList<string> sources)
{
    internal async Task<string> WriteAsync(string folder, IEnumerable<(Package Package, SemVersion Version)> packages, CancellationToken cancellationToken)
    {
        var tool = await InstallAsync(cancellationToken);
        var parts = 0;
        foreach (var (package, version) in packages)
        {
            // A project with the package's dependencies, and the package's name.
            var place = Directory.CreateDirectory(Path.Combine(work, "sbom", package.Id)).FullName;
            var project = Path.Combine(place, $"{package.Id}.csproj");
            await File.WriteAllTextAsync(Path.Combine(place, "Directory.Build.props"), "<Project />", cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(place, "Directory.Packages.props"), "<Project />", cancellationToken);
            await DotNet.WriteSourcesAsync(Path.Combine(place, "nuget.config"), sources, cancellationToken);
            await File.WriteAllTextAsync(project, new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
                new XElement("PropertyGroup", new XElement("TargetFramework", "net10.0"), new XElement("DisableImplicitFrameworkReferences", "true")),
                new XElement("ItemGroup", Dependencies(Path.Combine(folder, $"{package.Id}.{version}.nupkg")).Select(dependency =>
                    new XElement("PackageReference", new XAttribute("Include", dependency.Id), new XAttribute("Version", dependency.Range)))),
                new XElement("ItemGroup", new XElement("FrameworkReference", new XAttribute("Include", "Microsoft.AspNetCore.App")))).ToString(), cancellationToken);
            await dotnet.RunAsync($"The dependencies of {package.Id} can't be restored.", cancellationToken, "restore", project, "-v", "quiet");
            var name = $"{package.Id}.{version}.cdx.json";
            await dotnet.RunProgramAsync(tool, $"The SBOM of {package.Id} can't be written.", cancellationToken, project, "-o", folder, "-fn", name, "-F", "Json", "-dpr", "-ipr", "-st", "Library", "-sn", package.Id, "-sv", version.ToString(), "--set-nuget-purl");
            using var bill = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, name), cancellationToken));
            if (bill.RootElement.TryGetProperty("components", out var components)) parts += components.GetArrayLength();
        }
        return $"{parts} components";
    }

    // In the release's own folder. "dotnet tool restore" would note this folder for all later runs of the account, also when it is gone.
    async Task<string> InstallAsync(CancellationToken cancellationToken)
    {
        using var manifest = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(root, ".config", "dotnet-tools.json"), cancellationToken));
        var version = manifest.RootElement.GetProperty("tools").GetProperty("cyclonedx").GetProperty("version").GetString()!;
        var tools = Path.Combine(work, "tools");
        await dotnet.RunAsync($"CycloneDX {version}, the tool for the SBOM, can't be installed.", cancellationToken, "tool", "install", "cyclonedx", "--version", version, "--tool-path", tools);
        return Path.Combine(tools, "dotnet-CycloneDX");
    }

    static List<(string Id, string Range)> Dependencies(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        using var stream = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return [.. XDocument.Load(stream).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => ((string)element.Attribute("id")!, (string)element.Attribute("version")!))];
    }
}
