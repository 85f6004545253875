using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Modular.Architecture.Tests;

/// <summary>All packages, packed from what was built for these tests.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
#if DEBUG
    const string Configuration = "Debug";
#else
    const string Configuration = "Release";
#endif

    readonly DirectoryInfo _feed = Directory.CreateTempSubdirectory("modular-feed-");

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        // One build for all, because starting a build takes most of the time.
        var project = Path.Combine(_feed.FullName, "pack.proj");
        await File.WriteAllTextAsync(project,
            $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{string.Join(';', Package.All.Select(package => Repository.Full(package.File)))}" Targets="Pack"
                         Properties="NoBuild=true;Configuration={Configuration};PackageOutputPath={_feed.FullName}" />
              </Target>
            </Project>
            """);
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["msbuild", project, "-t:Pack", "-nologo", "-v:minimal", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        // A build that runs these tests passes its own settings on.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        StartsProgramsAttribute.Check();
        using var pack = Process.Start(start)!;
        var output = await pack.StandardOutput.ReadToEndAsync();
        await pack.WaitForExitAsync();
        Assert.True(pack.ExitCode == 0, output);
    }

    ValueTask IAsyncDisposable.DisposeAsync()
    {
        _feed.Delete(recursive: true);
        return default;
    }

    internal IEnumerable<string> Files(Package package)
    {
        using var archive = Open(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    internal XDocument Nuspec(Package package)
    {
        using var archive = Open(package);
        using var nuspec = archive.GetEntry($"{package.Id}.nuspec")!.Open();
        return XDocument.Load(nuspec);
    }

    internal IReadOnlyList<(string Id, string Range)> Dependencies(Package package) =>
    [
        .. Nuspec(package).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => ((string)element.Attribute("id")!, (string)element.Attribute("version")!)),
    ];

    ZipArchive Open(Package package) => ZipFile.OpenRead(Path.Combine(_feed.FullName, $"{package.Id}.{package.Version}.nupkg"));
}
