using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Modular.Generators.Tests;

/// <summary>Which types have generated code for JSON and templates. That JSON is right is tested in Core.Tests, where it runs.</summary>
public sealed class JsonLinesTests
{
    const string Types = """
        namespace Shop;
        public record Order(string Name, int Count);
        public class Box<T> { public T? Value { get; init; } }
        public class Odd { public (int, int) Pair { get; set; } }
        public class Extended { [System.Text.Json.Serialization.JsonExtensionData] public Dictionary<string, object>? More { get; set; } }
        [System.Text.Json.Serialization.JsonDerivedType(typeof(Cat))] public class Animal { }
        public class Cat : Animal { }
        public class Open { public Order? Order { get; set; } public object? Any { get; set; } private class Hidden { } }
        public class Old
        {
            [Obsolete("only for databases", true)] public Old() { }
            public Old(string name) => Name = name;
            public string Name { get; set; } = "";
            [Obsolete("use Name", true)] public string Before => Name;
        }
        public class Base { public string X { get; set; } = ""; }
        public class Hiding : Base { internal new int X { get; set; } public int Y { get; set; } }
        public class Order_Item { public required string A { get; set; } }
        public class Outer { public class Item { public required string A { get; set; } } }
        public class Node<T> { public T? Value { get; set; } public Node<List<T>>? Next { get; set; } }
        public class Forever<T> : List<Forever<List<T>>> { }
        public enum Sign { Minus = -1, Plus = 1 }
        public record Range(double Max = double.PositiveInfinity, Sign Sign = Sign.Minus, DayOfWeek? Day = DayOfWeek.Monday);
        public class Box2<@class> { public @class? Value { get; set; } }
        public class LoudAttribute : System.Text.Json.Serialization.JsonConverterAttribute { }
        public class Custom { [Loud] public string Name { get; set; } = ""; }
        public class Wrapped { [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<Sign>))] public Sign? Sign { get; set; } }
        [System.Diagnostics.CodeAnalysis.Experimental("X1")] public class Trial { public int A { get; set; } }
        public interface IThing { int Id { get; } }
        public class Database { public IThing Thing { get; set; } = null!; }
        """;

    static string Source(string code)
    {
        var compilation = Programs.Compile(Programs.Program(code)).AddSyntaxTrees(CSharpSyntaxTree.ParseText(Types, Programs.Language, "Types.cs"));
        var driver = CSharpGeneratorDriver.Create([new ShapesGenerator().AsSourceGenerator()], parseOptions: Programs.Language)
            .RunGeneratorsAndUpdateCompilation(compilation, out var changed, out _);
        Assert.Empty(changed.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => $"{diagnostic}"));
        return driver.GetRunResult().GeneratedTrees.SingleOrDefault()?.ToString() ?? "";
    }

    [Theory]
    [InlineData("""app.Get("/", () => new Shop.Order("", 1));""", "Json<global::Shop.Order>(")]
    [InlineData("""app.Get("/", async () => { await Task.Yield(); return new List<Shop.Order>(); });""", "Json<global::System.Collections.Generic.List<global::Shop.Order>>(")]
    [InlineData("""app.Get("/", () => (new Dictionary<int, Shop.Order[]>(), 201));""", "Json<global::System.Collections.Generic.Dictionary<int, global::Shop.Order[]>>(")]
    [InlineData("""app.Get("/", () => new { a = new { b = 1 } });""", "like: new { @a = new { @b = default(int) } });")]
    [InlineData("""app.Get("/", () => Numbers()); static async IAsyncEnumerable<int> Numbers() { await Task.Yield(); yield return 1; }""", "Json<global::System.Collections.Generic.IAsyncEnumerable<int>>(")]
    [InlineData("""app.Post("/", (Shop.Order order) => "");""", "Json<global::Shop.Order>(")]
    [InlineData("""app.Route<V>("/"); class V : MethodView { public string Post(Shop.Order order) => ""; }""", "Json<global::Shop.Order>(")]
    [InlineData("""app.Get("/", object () => { if (app.Debug) return new Shop.Order("", 1); return ""; });""", "Json<global::Shop.Order>(")]
    [InlineData("""app.Get("/", () => Json(new { a = 1 }));""", "like: new { @a = default(int) });")]
    [InlineData("""app.Get("/", () => new Shop.Open());""", "Json<object>(")]
    public void A_type_that_a_view_takes_or_returns_has_metadata(string code, string line) => Assert.Contains(line, Source(code), StringComparison.Ordinal);

    [Theory]
    [InlineData("""app.Get("/", () => "text");""")]
    [InlineData("""app.Get("/", () => Redirect("/"));""")]
    [InlineData("""app.Get("/", () => new byte[1]);""")]
    [InlineData("""app.Get("/", (Shop.Order order) => "");""")]              // a GET has no body
    [InlineData("""app.Post("/", (Shop.IThing service) => "");""")]
    [InlineData("""app.Post("/", (Shop.Database service) => "");""")]        // it contains what JSON can't make
    [InlineData("""app.Get("/", () => new Shop.Odd());""")]
    [InlineData("""app.Get("/", () => new Shop.Extended());""")]
    [InlineData("""app.Get("/", () => new List<Shop.Animal>());""")]
    [InlineData("""app.Get("/", () => new Shop.Box<int>());""")]              // the accessors of init don't reach into generic types
    [InlineData("""app.Get("/", () => System.Net.IPAddress.Loopback);""")]
    [InlineData("""app.Get("/", () => new Shop.Custom());""")]
    [InlineData("""app.Get("/", () => new Shop.Wrapped());""")]
    public void Other_types_have_none(string code) => Assert.DoesNotContain(".Json", Source(code), StringComparison.Ordinal);

    // Source asserts that the program with its generated code has no errors.
    [Theory]
    [InlineData("""app.Get("/", () => new Shop.Old("a")); app.Get("/b", () => RenderTemplate("a.html", new { old = new Shop.Old("a") }));""")]
    [InlineData("""app.Get("/", () => new Shop.Hiding()); app.Get("/b", () => RenderTemplate("a.html", new { it = new Shop.Hiding() }));""")]
    [InlineData("""app.Get("/", () => new Shop.Order_Item { A = "" }); app.Get("/b", () => new Shop.Outer.Item { A = "" });""")]
    [InlineData("""app.Get("/", () => RenderTemplate("a.html", new { n = new Shop.Node<int>(), f = new Shop.Forever<int>() })); app.Get("/b", () => new Shop.Node<int>());""")]
    [InlineData("""app.Post("/", (Shop.Range range) => range);""")]
    [InlineData("""app.Get("/", (double min = double.NegativeInfinity, float other = float.NaN, Shop.Sign sign = Shop.Sign.Minus, DayOfWeek? day = DayOfWeek.Monday) => "");""")]
    [InlineData("""app.Get("/", () => new Shop.Box2<object> { Value = 1 }); app.Get("/b", () => new[] { new { a = 1 } }.Select(it => new Shop.Box2<object>()));""")]
    [InlineData("""app.Get("/", (Delegate)(() => "text"u8)); app.Get("/b", (Delegate)((ReadOnlySpan<char> q) => ""));""")]
    [InlineData("""app.Route<V>("/"); class V : MethodView { public string Get(IStatic p) => ""; } interface IStatic { static abstract string Id { get; } }""")]
    [InlineData("""
        #pragma warning disable X1
        app.Get("/", () => new Shop.Trial()); app.Get("/b", () => RenderTemplate("a.html", new { it = new Shop.Trial() }));
        """)]
    public void The_generated_code_compiles(string code) => Assert.NotNull(Source(code));

    [Theory]
    [InlineData("""app.Get("/", () => RenderTemplate("a.html", new { order = new Shop.Order("", 1) }));""",
        """TemplateTypes.Add<global::Shop.Order>(default, ("Name", static it => it.@Name), ("Count", static it => it.@Count));""")]
    [InlineData("""app.Get("/", () => RenderTemplate("a.html", new { id = 1 }));""", """TemplateTypes.Add(new { @id = default(int) }, ("id", static it => it.@id));""")]
    [InlineData("""app.Get("/", () => RenderTemplate("a.html", ("order", new Shop.Order("", 1))));""", "TemplateTypes.Add<global::Shop.Order>(")]
    [InlineData("""app.Get("/", () => RenderTemplate("a.html", ("orders", new List<Shop.Order>())));""", "TemplateTypes.Add<global::Shop.Order>(")]
    [InlineData("""app.Get("/", () => { var order = ("order", new Shop.Order("", 1)); return RenderTemplate("a.html", order); });""", "TemplateTypes.Add<global::Shop.Order>(")]
    [InlineData("""app.Get("/", () => RenderTemplate("a.html", new Dictionary<string, object?> { ["order"] = new Shop.Order("", 1) }));""", "TemplateTypes.Add<global::Shop.Order>(")]
    [InlineData("""app.Get("/", () => RenderText("a.txt", new { box = new Shop.Box<Shop.Order>() }));""", "TemplateTypes.Add<global::Shop.Order>(")]
    [InlineData("""app.BeforeRequest(() => { Current.G["order"] = new Shop.Order("", 1); });""", "TemplateTypes.Add<global::Shop.Order>(")]
    [InlineData("""app.TemplateGlobal("order", _ => new Shop.Order("", 1));""", "TemplateTypes.Add<global::Shop.Order>(")]
    public void An_object_that_a_template_gets_has_readers(string code, string line) => Assert.Contains(line, Source(code), StringComparison.Ordinal);

    [Theory]
    [InlineData("""app.Get("/", () => RenderTemplate("a.html", ("name", "x"), ("n", 1), ("all", new[] { "a" })));""")]
    [InlineData("""app.Get("/", () => RenderTemplate("a.html"));""")]
    [InlineData("""app.Get("/", () => RenderTemplate("a.html", ("thing", (Shop.IThing?)null)));""")]
    public void Texts_numbers_and_interfaces_have_none(string code) => Assert.DoesNotContain("TemplateTypes", Source(code), StringComparison.Ordinal);
}
