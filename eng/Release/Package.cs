using System.Xml.Linq;

namespace Modular.Eng;

/// <summary>A project of the repository that becomes a package.</summary>
/// <param name="File">The project's path from the root, with slashes.</param>
/// <param name="Needs">The packages of this repository that it references directly.</param>
sealed record Package(string Id, string File, IReadOnlyList<string> Needs)
{
    internal const string Core = "Modular.Core";
    internal const string Templates = "Modular.Templates";

    // dotnet new modular-site --engine replaces it in the name of a package.
    const string ChosenEngine = "ModularSiteEngine1";
    static readonly string[] Engines = ["Jinja", "Liquid", "Handlebars"];

    internal string Folder => File[..File.LastIndexOf('/')];

    internal string ChangeLog => $"{Folder}/CHANGELOG.md";

    /// <summary>All packages, each after its dependencies.</summary>
    internal static IReadOnlyList<Package> Find(string root)
    {
        var templates = Path.Combine(root, "templates");
        // The generators and their fixes aren't packages: Modular.Core contains them.
        var found = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories).Where(file => !IsCarried(file))
            .Select(file => Read(root, file, Referenced(file, "ProjectReference").Where(reference => !IsCarried(reference)).Select(Path.GetFileNameWithoutExtension)))
            .Append(Read(root, Path.Combine(templates, $"{Templates}.csproj"), Directory.EnumerateFiles(Path.Combine(templates, "content"), "*.csproj", SearchOption.AllDirectories)
                .SelectMany(file => Referenced(file, "PackageReference")).Where(id => id.StartsWith("Modular.", StringComparison.Ordinal))
                .SelectMany(id => id.EndsWith(ChosenEngine, StringComparison.Ordinal) ? Engines.Select(engine => id.Replace(ChosenEngine, engine, StringComparison.Ordinal)) : [id])))
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

    static bool IsCarried(string path) => path.Contains("Core.Generators", StringComparison.Ordinal);

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
