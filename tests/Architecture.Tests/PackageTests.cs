namespace Modular.Architecture.Tests;

// Rule 6: each package has its own version, README, CHANGELOG and PublicAPI files. A plugin depends on [core, next major).
[StartsPrograms]
public sealed class PackageTests(PackedPackages packed) : IClassFixture<PackedPackages>
{
    [Fact]
    public void Each_package_has_its_own_version_and_files()
    {
        string[] files = ["README.md", "CHANGELOG.md", "PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt"];

        var missing = Package.All.SelectMany(package => files.Where(file => !File.Exists(Repository.Full($"{package.Folder}/{file}")))
            .Select(file => $"{package.Folder}/{file}"));

        Assert.Empty(missing);
        Assert.All(Package.All, package => Assert.Matches(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$", package.Version));
        // The changes since the last release have the heading of the next one, which may also be a minor one.
        Assert.All(Package.All, package => Assert.True(Headings(package)[0] >= Version.Parse(Minor(package.Version)), $"{package} {package.Version} has no heading in its CHANGELOG.md"));
        Assert.All(Package.All, package => Assert.Equal(Headings(package).OrderDescending(), Headings(package)));

        static string Minor(string version) => string.Join('.', version.Split('.')[..2]);

        static List<Version> Headings(Package package) => [.. Repository.Read($"{package.Folder}/CHANGELOG.md").Split('\n')
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => Version.Parse(line[3..]))];
    }

    // Versions come from tags such as Modular.Flash-0.3.1. A typed one would win over them.
    [Fact]
    public void No_version_is_typed_into_a_project()
    {
        Assert.All(Package.All, package => Assert.Null(package.Property("Version") ?? package.Property("VersionPrefix") ?? package.Property("AssemblyVersion")));
        Assert.All(Package.All, package => Assert.Equal($"{package.Version.Split('.')[0]}.0.0.0", package.Module.Assembly.Name.Version.ToString()));
    }

    [Fact]
    public void A_package_has_its_source_repository_and_its_description()
    {
        const string Home = "https://github.com/modular-dotnet/modular";
        foreach (var package in Package.All)
        {
            var nuspec = packed.Nuspec(package);
            string? Value(string name) => nuspec.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

            Assert.Equal((Home, "MIT", "README.md", "icon.png"), (Value("projectUrl"), Value("license"), Value("readme"), Value("icon")));
            Assert.Equal(Home, (string?)nuspec.Descendants().Single(element => element.Name.LocalName == "repository").Attribute("url"));
            Assert.NotEqual(Value("id"), Value("description"));
            Assert.InRange(Value("tags")!.Split(' ').Length, 4, 8);
        }
        Assert.Equal(Package.All.Count, Package.All.Select(package => package.Property("PackageTags")).Distinct().Count());
    }

    // A project outside the solution isn't built or tested. Projects of dotnet new's templates exist only after their creation.
    [Fact]
    public void Each_project_is_in_the_solution()
    {
        var solution = Repository.Read("Modular.sln").Replace('\\', '/');

        // The projects in templates are built by their users and by the template check, those of third parties by the third-party check.
        var projects = Repository.Files("", "*.csproj")
            .Where(file => !file.StartsWith("templates/content/", StringComparison.Ordinal) && !file.StartsWith("samples/ThirdParty/", StringComparison.Ordinal));

        Assert.DoesNotContain(projects, file => !solution.Contains($"\"{file}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Public_members_are_in_the_PublicAPI_files()
    {
        var empty = Package.All.Where(package => !new[] { "Shipped", "Unshipped" }
            .Any(kind => File.ReadAllLines(Repository.Full($"{package.Folder}/PublicAPI.{kind}.txt")).Length > 1));

        Assert.Empty(empty);
        Assert.DoesNotContain(Package.All, package => package.Property("CheckPublicApi") is not null);
    }

    [Fact]
    public void The_packed_core_depends_on_nothing()
    {
        Assert.Empty(packed.Dependencies(Package.Core));
    }

    [Fact]
    public void A_packed_plugin_depends_on_its_core_up_to_the_next_major_version()
    {
        var versions = Package.All.ToDictionary(package => package.Id, package => package.Version);

        foreach (var plugin in Package.Plugins)
        {
            var ours = packed.Dependencies(plugin).Where(dependency => versions.ContainsKey(dependency.Id)).ToList();

            Assert.Contains(ours, dependency => dependency.Id == Package.Core.Id);
            Assert.All(ours, dependency => Assert.Equal($"{dependency.Id} {UpToNextMajor(versions[dependency.Id])}", $"{dependency.Id} {dependency.Range}"));
        }
    }

    [Fact]
    public void A_package_holds_its_library_with_its_documentation_and_its_pages()
    {
        foreach (var package in Package.All)
            Assert.Superset(
                new HashSet<string> { "README.md", "CHANGELOG.md", "icon.png", $"lib/net10.0/{package.Id}.dll", $"lib/net10.0/{package.Id}.xml" },
                packed.Files(package).ToHashSet());
    }

    static string UpToNextMajor(string version) => $"[{version}, {int.Parse(version.Split('.')[0], null) + 1}.0.0)";
}
