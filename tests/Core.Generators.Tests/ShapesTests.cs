using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Modular.Generators.Tests;

public sealed class ShapesTests
{
    static string[] Lines(string code)
    {
        var compilation = Programs.Compile(Programs.Program(code));
        var driver = CSharpGeneratorDriver.Create([new ShapesGenerator().AsSourceGenerator()], parseOptions: Programs.Language)
            .RunGeneratorsAndUpdateCompilation(compilation, out var changed, out _);
        Assert.Empty(changed.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => $"{diagnostic}"));
        var source = driver.GetRunResult().GeneratedTrees.SingleOrDefault()?.ToString() ?? "";
        return [.. source.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("global::", StringComparison.Ordinal)
            || line.StartsWith("Awaited(", StringComparison.Ordinal)).Select(line => line.Replace("global::Modular.Plugins.", "").Replace("global::", ""))];
    }

    [Fact]
    public void A_views_shape_is_its_typed_call_and_the_types_of_its_parameters() => Assert.Equal(
        [
            "ViewShapes.Add<System.Func<int, System.Version, string>, string>([System.Diagnostics.StackTraceHidden] static (view, at) => view(at.Get<int>(0), at.Get<System.Version>(1)));",
            "ViewShapes.Parsable<int>();",
            "ViewShapes.Type<System.Version>();",
        ],
        Lines("""app.Get("/<int:id>", (int id, Version version) => $"{id}");"""));

    [Fact]
    public void The_core_knows_the_shapes_of_its_other_overloads() => Assert.Equal(
        ["ViewShapes.Type<Modular.RequestContext>();", "ViewShapes.Type<Modular.Response>();"],
        Lines("""
            app.Get("/", () => "text");
            app.Get("/c", context => context.Request.Path);
            app.AfterRequest(response => { });
            """));

    [Theory]
    [InlineData("""app.Get("/", async (int id) => { await Task.Yield(); return new Version(1, 2); });""", "ViewShapes.Awaited<System.Version>();")]
    [InlineData("""app.Get("/", async context => { await Task.Yield(); return new Version(1, 2); });""", "ViewShapes.Awaited<System.Version>();")]
    [InlineData("""app.Get("/", async (int id) => { await Task.Yield(); return new { id }; });""", "Awaited(new { @id = default(int) });")]
    [InlineData("""app.Get("/", (DayOfWeek day) => "");""", "ViewShapes.Enum<System.DayOfWeek>();")]
    [InlineData("""app.Get("/", (int? page) => "");""", "ViewShapes.Type<int?>();")]
    [InlineData("""app.Get("/", (DateTime[] days) => "");""", "ViewShapes.Parsable<System.DateTime>();")]
    [InlineData("""app.Get("/", (List<Guid> ids) => "");""", "ViewShapes.Parsable<System.Guid>();")]
    [InlineData("""app.Get("/", (int id) => { });""",
        "ViewShapes.Add<System.Action<int>, System.Threading.Tasks.ValueTask>([System.Diagnostics.StackTraceHidden] static (view, at) => { view(at.Get<int>(0)); return default(System.Threading.Tasks.ValueTask); });")]
    [InlineData("""app.Get("/", (int page = 3) => "");""", "ViewShapes.Add([System.Diagnostics.StackTraceHidden] static (view, at) => view(at.Get<int>(0)), like: static (int p0 = 3) => default(string));")]
    [InlineData("""app.Get("/", (string? text = null, DayOfWeek day = DayOfWeek.Monday) => "");""",
        "ViewShapes.Add([System.Diagnostics.StackTraceHidden] static (view, at) => view(at.Get<string>(0), at.Get<System.DayOfWeek>(1)), like: static (string p0 = default, System.DayOfWeek p1 = (System.DayOfWeek)(1)) => default(string));")]
    [InlineData("""app.Get("/", (int id) => new { id, Inner = new { Name = "" } });""",
        "ViewShapes.Add([System.Diagnostics.StackTraceHidden] static (view, at) => view(at.Get<int>(0)), like: static (int p0) => new { @id = default(int), @Inner = new { @Name = default(string) } });")]
    [InlineData("""app.Get("/", () => new[] { 1 }.Select(id => new { id }));""",
        "ViewShapes.Add([System.Diagnostics.StackTraceHidden] static (view, at) => view(), like: static () => Like_System_Collections_Generic_IEnumerable_T_(new { @id = default(int) }));")]
    [InlineData("""app.Get("/", (int id) => (new { id }, 201));""",
        "ViewShapes.Add([System.Diagnostics.StackTraceHidden] static (view, at) => view(at.Get<int>(0)), like: static (int p0) => (new { @id = default(int) }, default(int)));")]
    [InlineData("""app.BeforeRequest((Version version) => { });""", "ViewShapes.Type<System.Version>();")]
    [InlineData("""app.ErrorHandler(404, (HttpException error, Version version) => "");""",
        "ViewShapes.Add<System.Func<Modular.HttpException, System.Version, string>, string>([System.Diagnostics.StackTraceHidden] static (view, at) => view(at.Get<Modular.HttpException>(0), at.Get<System.Version>(1)));")]
    [InlineData("""app.Get("/", Show); static string Show(int id) => "";""",
        "ViewShapes.Add<System.Func<int, string>, string>([System.Diagnostics.StackTraceHidden] static (view, at) => view(at.Get<int>(0)));")]
    [InlineData("""app.Route<UserView>("/"); class UserView : MethodView { public string Get(DayOfWeek day) => ""; }""", "ViewShapes.Enum<System.DayOfWeek>();")]
    public void Each_kind_of_view_has_its_line(string code, string line) => Assert.Contains(line, Lines(code));

    [Fact]
    public void A_type_that_other_files_cannot_name_has_no_line_and_breaks_nothing() => Assert.Equal(["ViewShapes.Parsable<int>();"], Lines("""
        Holder.Add(app);
        static class Holder
        {
            class Secret;
            static void Map<T>(ModularApp app) => app.Get("/t", (T value) => "");
            public static void Add(ModularApp app)
            {
                app.Get("/s", (Secret secret) => "");
                app.Get("/r", (int id) => new Secret());
                Map<int>(app);
            }
        }
        """));

    [Fact]
    public void A_change_of_a_views_body_leaves_the_output_in_the_cache()
    {
        var compilation = Programs.Compile(Programs.Program("""app.Get("/<int:id>", (int id) => "a");"""));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ShapesGenerator().AsSourceGenerator()], parseOptions: Programs.Language,
            driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(compilation);
        var tree = compilation.SyntaxTrees.Single(tree => tree.ToString().Contains("\"a\"", StringComparison.Ordinal));

        var result = driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(tree.ToString().Replace("\"a\"", "\"b\""), Programs.Language, tree.FilePath)))
            .GetRunResult().Results.Single();

        Assert.All(result.TrackedSteps["Shapes"].SelectMany(step => step.Outputs), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        Assert.All(result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }
}
