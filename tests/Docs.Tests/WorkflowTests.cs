using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Modular.Docs.Tests;

/// <summary>The workflows run only on GitHub, so what they name in the repository is checked here. <c>.ci/workflow-check</c> checks their keys and scripts.</summary>
public sealed partial class WorkflowTests
{
    static readonly IReadOnlyList<string> Workflows = [.. Repository.Files(".github/workflows", "*.yml")];

    static readonly string Release = Repository.Read(".github/workflows/release.yml");

    [Fact]
    public void Programs_that_a_workflow_or_the_check_starts_exist_and_are_executable()
    {
        var mistakes =
            from file in Workflows.Append(".ci/run")
            from path in Started(Repository.Read(file))
            where !Repository.Exists(path) || (IsProgram(path) && !MayBeStarted(path))
            select $"{file}: {path} {(Repository.Exists(path) ? "isn't executable; write: git update-index --chmod=+x" : "isn't there")}";

        Assert.Empty(mistakes.Distinct());
        Assert.Contains("./test", Workflows.SelectMany(file => Started(Repository.Read(file))));
    }

    [Fact]
    public void Each_package_is_released_by_its_tag()
    {
        var tags = Tags().Match(Release).Groups[1].Value.Split(',').Select(tag => tag.Trim(' ', '"')).ToList();
        var names = new Regex(Names().Match(Release).Groups[1].Value);

        Assert.NotEmpty(tags);
        foreach (var package in Packages())
        {
            foreach (var version in (string[])["0.2.0", "1.0.0-rc.1"])
                Assert.True(tags.Any(tag => Glob(tag).IsMatch($"{package}-{version}")), $"The tag {package}-{version} starts no release.");
            // The workflow cuts the tag at its first dash.
            Assert.DoesNotContain('-', package);
            Assert.True(names.IsMatch(package), $"release.yml refuses the name {package}.");
        }
        Assert.DoesNotContain(tags, tag => Glob(tag).IsMatch("v0.2.0") || Glob(tag).IsMatch("Modular.Core"));
    }

    [Fact]
    public void Each_package_can_be_chosen_for_a_release_by_hand() =>
        Assert.Equal(Packages(), Choice().Match(Release).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim(' ', '-')));

    [Fact]
    public void The_owners_of_a_path_have_files_there()
    {
        var paths = Repository.Read(".github/CODEOWNERS").Split('\n').Where(line => line.StartsWith('/')).Select(line => line.Split(' ')[0].Trim('/'));

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Repository.Exists(path), $"CODEOWNERS names {path}, which isn't there."));
    }

    [Fact]
    public void All_addresses_of_the_repository_are_the_same()
    {
        string[] files = [.. Repository.Files(".github", "*.*"), "SECURITY.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "README.md"];

        var addresses = files.SelectMany(file => Address().Matches(Repository.Read(file))).Select(match => match.Value).Distinct();

        Assert.Equal(["https://github.com/modular-dotnet/modular/"], addresses);
    }

    // Programs and files of this repository in a script or a setting.
    static IEnumerable<string> Started(string text) =>
        Named().Matches(Comment().Replace(text, "")).Select(match => match.Groups[1].Value.TrimEnd('.'));

    static bool IsProgram(string path) => File.Exists(Repository.Full(path)) && File.ReadLines(Repository.Full(path)).FirstOrDefault("").StartsWith("#!", StringComparison.Ordinal);

    // Windows doesn't have these bits, but git does.
    static bool MayBeStarted(string path) =>
        OperatingSystem.IsWindows() || File.GetUnixFileMode(Repository.Full(path)).HasFlag(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    static IReadOnlyList<string> Packages() =>
    [
        .. Repository.Files("src", "*.csproj").Where(file => !file.StartsWith("src/Core.Generators/", StringComparison.Ordinal)).Append("templates/Modular.Templates.csproj")
            .Select(file => XDocument.Parse(Repository.Read(file)).Descendants("PackageId").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal),
    ];

    // GitHub's star stops at a slash.
    static Regex Glob(string pattern) => new($"^{Regex.Escape(pattern).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$");

    [GeneratedRegex(@"(?<=^|[\s""'(=])((?:\./)?(?:\.ci|eng|src|tests|templates|samples|bench)/[\w.-]+(?:/[\w.-]+)*|\./test(?:\.ps1)?|global\.json|Modular\.sln)(?=$|[\s""');])", RegexOptions.Multiline)]
    private static partial Regex Named();

    [GeneratedRegex(@"(?<=^|\s)#[^!].*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^    tags: \[(.+)\]$", RegexOptions.Multiline)]
    private static partial Regex Tags();

    [GeneratedRegex(@"""\$PACKAGE"" =~ (\S+) \]\]")]
    private static partial Regex Names();

    [GeneratedRegex(@"^        options:\n((?:          - .+\n)+)", RegexOptions.Multiline)]
    private static partial Regex Choice();

    [GeneratedRegex(@"https://github\.com/[\w-]+/modular(?![\w-])/?")]
    private static partial Regex Address();
}
