using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Modular.Architecture.Tests;

// Style rules that the compiler's own analyzers don't check.
public sealed partial class SourceTests
{
    const int MaxLines = 400;

    [Fact]
    public void No_file_is_longer_than_four_hundred_lines()
    {
        Assert.Empty(Source.All.Where(source => source.Text.Count(c => c == '\n') > MaxLines).Select(source => source.File));
    }

    [Fact]
    public void Namespaces_are_those_of_a_file()
    {
        // The generators bring types of the framework, in its namespaces, that the compiler's old framework lacks.
        Assert.Empty(Source.All.Where(source => !source.File.StartsWith("src/Core.Generators/", StringComparison.Ordinal) && source.Root.Members.OfType<NamespaceDeclarationSyntax>().Any()).Select(source => source.File));
    }

    [Fact]
    public void A_package_has_one_namespace_which_is_its_name()
    {
        var wrong =
            from package in Package.All
            from source in Source.All
            where source.File.StartsWith($"{package.Folder}/", StringComparison.Ordinal)
            from space in source.Root.Members.OfType<FileScopedNamespaceDeclarationSyntax>()
            where space.Name.ToString() != NamespaceOf(package, source.File)
            select $"{source.File} is in {space.Name}";

        Assert.Empty(wrong);
    }

    // Application authors use the namespace Modular daily. In a namespace Modular.Flash, the name Flash would hide the function in every namespace below Modular.
    static string NamespaceOf(Package package, string file) => package.Id switch
    {
        // Generated code calls it, and application authors don't.
        "Modular.Core" when file == "src/Core/Endpoints/ViewShape.cs" => "Modular.Plugins",
        "Modular.Core" when file.StartsWith("src/Core/Plugins/", StringComparison.Ordinal) => "Modular.Plugins",
        "Modular.Core" when file.StartsWith("src/Core/Routing/", StringComparison.Ordinal) => "Modular.Routing",
        "Modular.Core" => "Modular",
        "Modular.Flash" => "Modular.Flashing",
        var id => id,
    };

    // From file to the code, with the reason. Each must still be needed.
    static readonly Dictionary<(string File, string Code), string> Agreed = new()
    {
        [("src/Core/ModularApp.Hosting.cs", "RunAsync ( host , port , debug , reload ) . GetAwaiter ( ) . GetResult ( )")] = "app.Run waits for app.RunAsync, as ASP.NET's own WebApplication.Run does",
    };

    [Theory]
    [InlineData("a clock that tests cannot set", @"\bDateTime(Offset)? \. (Utc)?(Now|Today)\b|\bStopwatch \. (StartNew|GetTimestamp)\b")]
    [InlineData("a thread that sleeps", @"\bThread \. Sleep\b")]
    [InlineData("a thread that waits for a task", @"\bGetAwaiter \( \) \. GetResult\b|\bTask \. Wait(All|Any)\b|\. Wait \(|\bRunSynchronously\b")]
    [InlineData("async void", @"\basync void\b")]
    [InlineData("a switch that is not for one framework", "#if ")]
    public void No_source_has(string what, string pattern)
    {
        var places = Source.All.Where(source => Regex.IsMatch(Agreed.Keys.Where(agreed => agreed.File == source.File).Aggregate(source.Code, (code, agreed) => code.Replace(agreed.Code, "", StringComparison.Ordinal)), pattern)).Select(source => source.File);

        Assert.All(Agreed.Keys, agreed => Assert.Contains(agreed.Code, Source.All.Single(source => source.File == agreed.File).Code, StringComparison.Ordinal));
        Findings.None(places, what);
    }

    // Trim() alone removes 22 more characters than HTTP does, and turns "\u00A0__Host-id" into "__Host-id". Device names aren't HTTP's.
    [Fact]
    public void Code_that_reads_HTTP_names_the_characters_that_it_trims()
    {
        string[] readers = ["src/Core/Http/", "src/Plugins/Caching/", "src/Plugins/Csrf/", "src/Plugins/Fixers/", "src/Plugins/Sessions/", "src/Plugins/Testing/", "src/Plugins/Uploads/"];
        string[] ofDevices = ["src/Core/Http/SafeJoin.cs", "src/Plugins/Uploads/Filenames.cs"];

        var places = Source.All
            .Where(source => readers.Any(folder => source.File.StartsWith(folder, StringComparison.Ordinal)) && !ofDevices.Contains(source.File))
            .Where(source => Regex.IsMatch(source.Code, @"\. Trim(Start|End)? \( \)|\bTrimEntries\b|\bIs(NullOr)?WhiteSpace \(|\bReplaceLineEndings\b"))
            .Select(source => source.File);

        Assert.Empty(places);
    }

    [Fact]
    public void No_source_has_a_note_to_do()
    {
        var unfinished = Repository.Files("src", "*.*").Where(file => Unfinished().IsMatch(Repository.Read(file)));

        Assert.Empty(unfinished);
    }

    [Fact]
    public void No_file_names_a_machines_paths()
    {
        var texts = Directory.EnumerateDirectories(Repository.Root).Select(folder => Path.GetFileName(folder)).Where(folder => folder is not ".git")
            .SelectMany(folder => Repository.Files(folder, "*")).Where(file => !file.StartsWith("tests/Vectors/", StringComparison.Ordinal))
            .Where(file => TextFile().IsMatch(file));

        var places = texts.Where(file => MachinePath().IsMatch(Repository.Read(file)));

        Assert.Empty(places);
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\.(cs|md|csproj|props|targets|json|txt|html|css|sh|py|yml)$|/run$|-check$")]
    private static partial Regex TextFile();

    // "host/root/path" isn't one.
    [GeneratedRegex(@"(?<![\w/>])/(work|root|home|Users)/\w|\b[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();
}
