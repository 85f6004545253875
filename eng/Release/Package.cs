using System.Xml.Linq;

namespace Modular.Eng;

/// <summary>A project of the repository that becomes a package.</summary>
/// <param name="File">The project's path from the root, with slashes.</param>
/// <param name="Needs">The packages of this repository that it references directly.</param>
sealed record Package(string Id, string File, IReadOnlyList<string> Needs)
{
    internal const string Core = "Modular.Core";
    internal const string Templates = "Modular.Templates";

    internal string Folder => File[..File.LastIndexOf('/')];

    internal string ChangeLog => $"{Folder}/CHANGELOG.md";

    /// <summary>All packages, each after its dependencies.</summary>
    internal static IReadOnlyList<Package> Find(string root)
    {
        var templates = Path.Combine(root, "templates");
        var found = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Read(root, file, Referenced(file, "ProjectReference").Select(Path.GetFileNameWithoutExtension)))
            .Append(Read(root, Path.Combine(templates, $"{Templates}.csproj"), Directory.EnumerateFiles(Path.Combine(templates, "content"), "*.csproj", SearchOption.AllDirectories)
                .SelectMany(file => Referenced(file, "PackageReference")).Where(id => id.StartsWith("Modular.", StringComparison.Ordinal))))
            .OrderBy(package => package.Id, StringComparer.Ordinal).ToList();
        var sorted = new List<Package>();
        foreach (var package in found) Visit(package);
        return sorted;

        void Visit(Package package)
        {
            if (sorted.Contains(package)) return;
            foreach (var need in package.Needs) Visit(found.Single(other => other.Id == need));
            sorted.Add(package);
        }
    }

    /// <summary>Packages with their dependencies, each after its own.</summary>
    internal static IReadOnlyList<string> WithNeeds(IReadOnlyList<Package> packages, IEnumerable<string> ids)
    {
        var found = new HashSet<string>();
        foreach (var id in ids) Add(id);
        return [.. packages.Select(package => package.Id).Where(found.Contains)];

        void Add(string id)
        {
            if (!found.Add(id)) return;
            foreach (var need in packages.Single(package => package.Id == id).Needs) Add(need);
        }
    }

    static Package Read(string root, string file, IEnumerable<string?> needs) => new(
        Path.GetFileNameWithoutExtension(file), Path.GetRelativePath(root, file).Replace('\\', '/'), [.. needs.OfType<string>().Distinct().Order(StringComparer.Ordinal)]);

    static IEnumerable<string> Referenced(string file, string item) =>
        XDocument.Load(file).Descendants(item).Select(element => (string)element.Attribute("Include")!);

    public override string ToString() => Id;
}
