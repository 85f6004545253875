using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;

namespace Modular.Eng;

/// <summary>Checks the contents of a package.</summary>
static class PackageCheck
{
    static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    /// <param name="allowed">The versions of our packages that it may depend on.</param>
    /// <exception cref="ReleaseException">Something is missing or wrong.</exception>
    internal static void Run(string folder, Package package, SemVersion version, string commit, IReadOnlyDictionary<string, SemVersion> allowed)
    {
        var file = Path.Combine(folder, $"{package.Id}.{version}.nupkg");
        if (!File.Exists(file)) throw Wrong(package, $"wasn't packed as {Path.GetFileName(file)}", "Check its tags: git tag --list '" + package.Id + "-*'");
        using var archive = ZipFile.OpenRead(file);
        using var stream = archive.GetEntry($"{package.Id}.nuspec")!.Open();
        var nuspec = XDocument.Load(stream).Descendants().ToLookup(element => element.Name.LocalName);
        foreach (var name in (string[])["authors", "description", "icon", "license", "projectUrl", "readme", "repository", "tags"])
            if (!nuspec[name].Any()) throw Wrong(package, $"has no {name} in its nuspec", "Add it to the project or to eng/Package.props");
        var repository = nuspec["repository"].Single();
        if ((string?)repository.Attribute("commit") != commit) throw Wrong(package, "doesn't name the commit that it was built from", "Build it in a clone with git");
        var files = archive.Entries.Select(entry => entry.FullName).ToHashSet();
        foreach (var name in (string[])[nuspec["readme"].Single().Value, nuspec["icon"].Single().Value, "CHANGELOG.md"])
            if (!files.Contains(name)) throw Wrong(package, $"doesn't contain {name}", "Pack it to the folder \"/\"");
        foreach (var dependency in nuspec["dependency"].Where(element => ((string)element.Attribute("id")!).StartsWith("Modular.", StringComparison.Ordinal)))
        {
            var (id, range) = ((string)dependency.Attribute("id")!, (string)dependency.Attribute("version")!);
            if (!allowed.TryGetValue(id, out var needed) || range != needed.Range)
                throw Wrong(package, $"depends on {id} {range}, and not on a released version of it", $"Release {id} first");
        }
        if (package.Id == Package.Templates) return;
        CheckAssembly(package, version, commit, archive.GetEntry($"lib/net10.0/{package.Id}.dll") ?? throw Wrong(package, "contains no library", "Check the project's TargetFramework"));
        CheckSymbols(package, commit, Path.ChangeExtension(file, "snupkg"));
    }

    static void CheckAssembly(Package package, SemVersion version, string commit, ZipArchiveEntry entry)
    {
        using var file = new PEReader(Read(entry));
        var metadata = file.GetMetadataReader();
        var number = metadata.GetAssemblyDefinition().Version;
        if (number != new Version(version.Major, 0, 0, 0)) throw Wrong(package, $"has the assembly version {number}", $"It must be {version.Major}.0.0.0 for all of {version.Major}.x, so that plugins load");
        var text = Encoding.UTF8.GetString(metadata.GetAssemblyDefinition().GetCustomAttributes().SelectMany(handle => metadata.GetBlobBytes(metadata.GetCustomAttribute(handle).Value)).ToArray());
        if (!text.Contains($"{version}+{commit}", StringComparison.Ordinal)) throw Wrong(package, $"has a library that isn't of version {version} and commit {commit[..9]}", "Build it again from a clean clone");
    }

    static void CheckSymbols(Package package, string commit, string file)
    {
        if (!File.Exists(file)) throw Wrong(package, "has no symbols", "Set IncludeSymbols and SymbolPackageFormat");
        using var archive = ZipFile.OpenRead(file);
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(Read(archive.GetEntry($"lib/net10.0/{package.Id}.pdb")!));
        var reader = symbols.GetMetadataReader();
        var links = reader.CustomDebugInformation.Select(handle => reader.GetCustomDebugInformation(handle)).Where(info => reader.GetGuid(info.Kind) == SourceLink)
            .Select(info => Encoding.UTF8.GetString(reader.GetBlobBytes(info.Value))).SingleOrDefault() ?? "";
        if (!links.Contains($"https://raw.githubusercontent.com/", StringComparison.Ordinal) || !links.Contains(commit, StringComparison.Ordinal))
            throw Wrong(package, "has symbols without addresses of its sources", "SourceLink needs the repository's address on GitHub as the remote \"origin\"");
    }

    static MemoryStream Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    static ReleaseException Wrong(Package package, string what, string remedy) => new($"The package of {package.Id} {what}. {remedy}.");
}
