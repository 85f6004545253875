using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Modular.Generators.Tests;

public sealed class IncrementalTests
{
    const string Pages = """
        public static class Pages
        {
            public static void Add(ModularApp app)
            {
                app.Get("/user/<username>", (string username) => "a", endpoint: "profile");
                app.Get("/", Index);
                var blog = new Blueprint("blog", "/blog");
                blog.Get("/<int:id>", (int id) => "", endpoint: "show");
                app.Register(blog);
            }

            static string Index() => "";
        }
        """;

    static (GeneratorDriver Driver, Compilation Compilation) Start(string other = "class Other { }")
    {
        var compilation = Programs.Compile(Pages, kind: OutputKind.DynamicallyLinkedLibrary).AddSyntaxTrees(CSharpSyntaxTree.ParseText(other, Programs.Language, "Other.cs"));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new UrlsGenerator().AsSourceGenerator()], parseOptions: Programs.Language,
            driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return (driver.RunGenerators(compilation), compilation);
    }

    static GeneratorRunResult Change(string file, Func<string, string> change)
    {
        var (driver, compilation) = Start();
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == file);
        var changed = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(change(tree.ToString()), Programs.Language, file));
        return driver.RunGenerators(changed).GetRunResult().Results.Single();
    }

    static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(one => one.Outputs).Select(output => output.Reason);

    static IEnumerable<IncrementalStepRunReason> Outputs(GeneratorRunResult result) =>
        result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(one => one.Outputs).Select(output => output.Reason);

    [Fact]
    public void An_unrelated_file_that_changes_leaves_every_output_in_the_cache()
    {
        var result = Change("Other.cs", _ => "class Other { int F() => 1; }");

        Assert.Equal(5, Reasons(result, "Facts").Count());
        Assert.All(Reasons(result, "Facts"), reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{reason}"));
        Assert.All(Reasons(result, "Methods"), reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{reason}"));
        Assert.Equal(2, Outputs(result).Count());
        Assert.All(Outputs(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_views_body_that_changes_leaves_every_output_in_the_cache()
    {
        var result = Change("Program.cs", text => text.Replace("=> \"a\"", "=> \"b\"", StringComparison.Ordinal));

        Assert.All(Outputs(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_rule_that_changes_writes_the_outputs_again()
    {
        var result = Change("Program.cs", text => text.Replace("<username>", "<name>", StringComparison.Ordinal));

        Assert.All(Outputs(result), reason => Assert.Equal(IncrementalStepRunReason.Modified, reason));
        Assert.Contains("Profile(string name", string.Concat(result.GeneratedSources.Select(source => source.SourceText.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_without_rules_gets_no_class() => Assert.DoesNotContain(
        Start().Driver.RunGenerators(Programs.Compile("class Other { }", kind: OutputKind.DynamicallyLinkedLibrary)).GetRunResult().GeneratedTrees, tree => tree.FilePath.Contains("Modular.", StringComparison.Ordinal)
            && tree.FilePath.EndsWith("Urls.g.cs", StringComparison.Ordinal));
}
