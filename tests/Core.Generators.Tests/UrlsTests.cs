using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Modular.Generators.Tests;

// Each program returns pairs: what Urls gives, and what UrlFor gives.
public sealed class UrlsTests
{
    static IReadOnlyList<(string Typed, string Given)> Run(string setUp, string pairs, string request = "\"/\"", string more = "")
    {
        var (compilation, _) = Generate($$"""
            public static class Program
            {
                public static (string, string)[] Pairs()
                {
                    {{setUp}}
                    using var request = app.TestRequestContext({{request}});
                    return [{{pairs}}];
                }
            }
            {{more}}
            """);
        using var program = new MemoryStream();
        var result = compilation.Emit(program);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            + compilation.SyntaxTrees.Last());
        return ((string, string)[])Assembly.Load(program.ToArray()).GetType("Program")!.GetMethod("Pairs")!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;
    }

    internal static (Compilation Compilation, string Source) Generate(string code)
    {
        CSharpGeneratorDriver.Create([new UrlsGenerator().AsSourceGenerator()], parseOptions: Programs.Language).RunGeneratorsAndUpdateCompilation(
            Programs.Compile(code, $"Typed{Guid.NewGuid():N}", OutputKind.DynamicallyLinkedLibrary), out var compilation, out var diagnostics);
        Assert.Empty(diagnostics);
        return (compilation, compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath.EndsWith("Modular.Urls.g.cs", StringComparison.Ordinal))?.ToString() ?? "");
    }

    static void AssertSame(IReadOnlyList<(string Typed, string Given)> pairs)
    {
        Assert.NotEmpty(pairs);
        Assert.Equal(string.Join('\n', pairs.Select(pair => pair.Given)), string.Join('\n', pairs.Select(pair => pair.Typed)));
    }

    const string Converters = """
        var app = new ModularApp();
        app.Get("/", () => "", endpoint: "index");
        app.Get("/user/<username>", (string username) => "", endpoint: "profile");
        app.Get("/<name>", (string name) => "", endpoint: "page");
        app.Get("/post/<int:id>", (int id) => "", endpoint: "show_post");
        app.Get("/big/<int(fixed_digits=4):id>", (int id) => "", endpoint: "fixed");
        app.Get("/one/<int(3):id>", (int id) => "", endpoint: "positional");
        app.Get("/signed/<int(signed=True, min=-5):id>", (int id) => "", endpoint: "signed");
        app.Get("/price/<float:x>", (double x) => "", endpoint: "price");
        app.Get("/files/<path:file>", (string file) => "", endpoint: "files");
        app.Get("/<path:rest>/raw", (string rest) => "", endpoint: "raw");
        app.Get("/item/<uuid:id>", (Guid id) => "", endpoint: "item");
        app.Get("/<any(about, help, 'a b'):topic>/topic", (string topic) => "", endpoint: "topic");
        app.Get("/<a>/<b>-<c>/<int:d>/<e>.html", (string a, string b, string c, int d, string e) => "", endpoint: "many");
        app.Get("/@x/ä/<class>", (string @class) => "", endpoint: "fixed-text");
        app.Get("/q/<query>/<external>", (string query, string external) => "", endpoint: "words");
        """;

    [Fact]
    public void Plain_values_give_the_same_urls() => AssertSame(Run(Converters, """
        (Urls.Index(), UrlFor("index")),
        (Urls.Profile("john"), UrlFor("profile", ("username", "john"))),
        (Urls.Profile(username: "x"), UrlFor("profile", ("username", "x"))),
        (Urls.Page("a"), UrlFor("page", ("name", "a"))),
        (Urls.ShowPost(3), UrlFor("show_post", ("id", 3))),
        (Urls.Fixed(7), UrlFor("fixed", ("id", 7))),
        (Urls.Positional(7), UrlFor("positional", ("id", 7))),
        (Urls.Signed(-3), UrlFor("signed", ("id", -3))),
        (Urls.Price(1.5), UrlFor("price", ("x", 1.5))),
        (Urls.Files("a/b.txt"), UrlFor("files", ("file", "a/b.txt"))),
        (Urls.Raw("a/b"), UrlFor("raw", ("rest", "a/b"))),
        (Urls.Item(Guid.Empty), UrlFor("item", ("id", Guid.Empty))),
        (Urls.Topic("about"), UrlFor("topic", ("topic", "about"))),
        (Urls.Many("1", "2", "3", 4, "5"), UrlFor("many", ("a", "1"), ("b", "2"), ("c", "3"), ("d", 4), ("e", "5"))),
        (Urls.FixedText("x"), UrlFor("fixed-text", ("class", "x"))),
        (Urls.Words("x", "y"), UrlFor("words", ("query", "x"), ("external", "y"))),
        """));

    [Fact]
    public void Odd_values_give_the_same_urls() => AssertSame(Run(Converters + """
        string[] odd = ["", "/", "//", "/evil.com", "a b", "ä", "日本", "😀", "\uD800", "a/b", "?x=1", "#", "%", "%2F", "..", "<b>", "\"", "'", "a&b=c", "\n", "\\", "~!$'()*+,;:@", new string('x', 500)];
        """, """
        .. odd.SelectMany(text => new[]
        {
            (Urls.Profile(text), UrlFor("profile", ("username", text))), (Urls.Page(text), UrlFor("page", ("name", text))), (Urls.Files(text), UrlFor("files", ("file", text))),
            (Urls.Raw(text), UrlFor("raw", ("rest", text))), (Urls.FixedText(text), UrlFor("fixed-text", ("class", text))),
            (Urls.Many(text, text, text, 1, text), UrlFor("many", ("a", text), ("b", text), ("c", text), ("d", 1), ("e", text))),
            (Urls.Profile(text, ("next", text), (text, 1)), UrlFor("profile", ("username", text), ("next", text), (text, 1))),
            (Urls.Profile(text, external: true), UrlFor("profile", new() { External = true }, ("username", text))),
        }),
        .. new[] { 0.0, -0.0, 1, 0.1, 1e20, 1e-7, 1.5e300, 12345678.9, double.MaxValue, double.Epsilon }.Select(x => (Urls.Price(x), UrlFor("price", ("x", x)))),
        .. new[] { 0, 1, -1, int.MaxValue, long.MinValue, long.MaxValue }.SelectMany(id => new[] { (Urls.ShowPost(id), UrlFor("show_post", ("id", id))),
            (Urls.Fixed(id), UrlFor("fixed", ("id", id))), (Urls.Signed(id), UrlFor("signed", ("id", id))) }),
        (Urls.Topic("a b"), UrlFor("topic", ("topic", "a b"))),
        """));

    [Theory]
    [InlineData("\"/\", baseUrl: \"http://example.org/app\"")]
    [InlineData("\"/\", baseUrl: \"http://example.org/an app/ä\"")]
    [InlineData("\"/\", baseUrl: \"https://example.org:8443/\"")]
    [InlineData("\"/post/3\", method: \"POST\"")]
    public void A_mounted_application_gives_the_same_urls(string request) => AssertSame(Run(Converters, """
        (Urls.Index(), UrlFor("index")),
        (Urls.Profile("john"), UrlFor("profile", ("username", "john"))),
        (Urls.Profile("john", external: true), UrlFor("profile", new() { External = true }, ("username", "john"))),
        (Urls.Profile("john", true, ("page", 2)), UrlFor("profile", new() { External = true }, ("username", "john"), ("page", 2))),
        (Urls.Profile("john", false, ("page", 2)), UrlFor("profile", ("username", "john"), ("page", 2))),
        """, request));

    [Theory]
    [InlineData("Urls.Profile(null!)", "UrlFor(\"profile\", (\"username\", null))")]
    [InlineData("Urls.Topic(\"other\")", "UrlFor(\"topic\", (\"topic\", \"other\"))")]
    [InlineData("Urls.Price(double.NaN)", "UrlFor(\"price\", (\"x\", double.NaN))")]
    public void A_value_that_fits_no_rule_has_the_error_of_UrlFor(string typed, string given)
    {
        var one = Assert.ThrowsAny<ModularException>(() => Run(Converters, $"({typed}, \"\")"));
        var other = Assert.ThrowsAny<ModularException>(() => Run(Converters, $"({given}, \"\")"));

        Assert.Equal(other.Message, one.Message);
        Assert.Equal(other.GetType(), one.GetType());
    }

    [Fact]
    public void Outside_a_request_the_error_is_that_of_UrlFor()
    {
        const string Typed = "public static class Outside { public static string Of() => Urls.Index(); }";
        var (compilation, _) = Generate("public static class Made { public static void Make() => new ModularApp().Get(\"/\", () => \"\", endpoint: \"index\"); }" + Typed);
        using var program = new MemoryStream();
        Assert.True(compilation.Emit(program).Success);
        var of = Assembly.Load(program.ToArray()).GetType("Outside")!.GetMethod("Of")!.CreateDelegate<Func<string>>();

        Assert.Equal(Assert.Throws<ModularException>(() => Functions.UrlFor("index")).Message, Assert.Throws<ModularException>(() => of()).Message);
    }

    [Fact]
    public void A_context_without_a_request_gives_whole_urls() => AssertSame(Run("""
        var app = new ModularApp(new() { ServerName = "example.org", ApplicationRoot = "/app" });
        app.Get("/<name>", (string name) => "", endpoint: "page");
        string typed, given;
        using (app.AppContext()) (typed, given) = (Urls.Page("x"), UrlFor("page", ("name", "x")));
        """, "(typed, given)"));

    [Fact]
    public void Blueprints_are_classes() => AssertSame(Run("""
        var app = new ModularApp();
        var shop = new Blueprint("shop", "/shop");
        var admin = new Blueprint("admin_pages", "/admin/<lang>");
        admin.Get("/<int:id>", (int id) => "", endpoint: "edit");
        admin.Get("", () => "", endpoint: "start");
        shop.Get("/", () => "", endpoint: "list");
        shop.Register(admin);
        app.Register(shop);
        app.Register(Pages.Blueprint());
        app.Register(Pages.Other, urlPrefix: "/o", name: "renamed");
        """, """
        (Urls.Shop.List(), UrlFor("shop.list")),
        (Urls.Shop.AdminPages.Edit("de", 3), UrlFor("shop.admin_pages.edit", ("lang", "de"), ("id", 3))),
        (Urls.Shop.AdminPages.Start("de"), UrlFor("shop.admin_pages.start", ("lang", "de"))),
        (Urls.Blog.Show(3), UrlFor("blog.show", ("id", 3))),
        (Urls.Blog.Index(("page", 2)), UrlFor("blog.Index", ("page", 2))),
        (Urls.Renamed.Index(), UrlFor("renamed.Index")),
        """, more: """
        static class Pages
        {
            internal static readonly Blueprint Other = new("other", "/other");
            internal static Blueprint Blueprint()
            {
                var blog = new Blueprint("blog", "/blog");
                blog.Get("/<int:id>", (int id) => "", endpoint: "show");
                blog.Get("/", Index);
                return blog;
            }
            static Pages() => Other.Get("/", Index);
            static string Index() => "";
        }
        """));

    [Fact]
    public void Several_rules_of_an_endpoint_give_the_same_urls() => AssertSame(Run("""
        var app = new ModularApp();
        app.Get("/login", Login);
        app.Post("/login", Login);
        app.Get("/pages/", Pages, options: new() { Defaults = new Dictionary<string, object?> { ["page"] = 1L } });
        app.Get("/pages/<int:page>", Pages);
        app.Get("/a/<x>", Both);
        app.Post("/b/<x>", Both);
        string Login() => "";
        string Pages(long page) => "";
        string Both(string x) => "";
        """, """
        (Urls.Login(), UrlFor("Login")),
        (Urls.Pages(), UrlFor("Pages")),
        (Urls.Pages(1), UrlFor("Pages", ("page", 1L))),
        (Urls.Pages(2), UrlFor("Pages", ("page", 2L))),
        (Urls.Both("1"), UrlFor("Both", ("x", "1"))),
        """, "\"/b/1\", method: \"POST\""));

    [Theory]
    [InlineData("app.UrlDefaults((_, values) => values[\"name\"] = \"default\");")]
    [InlineData("var blog = new Blueprint(\"blog\"); blog.UrlDefaults((_, values) => values[\"a\"] = \"b\"); app.Register(blog);")]
    public void Hooks_change_typed_urls_too(string hook) => AssertSame(Run($$"""
        var app = new ModularApp();
        app.Get("/<name>", (string name) => "", endpoint: "page");
        {{hook}}
        """, "(Urls.Page(\"x\"), UrlFor(\"page\", (\"name\", \"x\")))"));

    [Fact]
    public void Blueprints_named_like_the_generated_code_stay_with_UrlFor() => AssertSame(Run("""
        var app = new ModularApp();
        var (one, two) = (new Blueprint("typed_urls", urlPrefix: "/one"), new Blueprint("typed_query", urlPrefix: "/two"));
        one.Get("/", () => "", endpoint: "index");
        two.Get("/", () => "", endpoint: "index");
        app.Register(one);
        app.Register(two);
        app.Get("/item/<int:id>", (int id) => "", endpoint: "item");
        """, "(Urls.Item(5), UrlFor(\"item\", (\"id\", 5)))"));

    [Fact]
    public void Subdomains_and_sockets_give_the_same_urls() => AssertSame(Run("""
        var app = new ModularApp(new() { ServerName = "example.org", Routing = new() { SubdomainMatching = true } });
        app.Get("/<name>", (string name) => "", endpoint: "page");
        app.Get("/api/<name>", (string name) => "", endpoint: "api", options: new() { Subdomain = "api" });
        app.UseWebSockets();
        app.WebSocket("/live/<name>", socket => Task.CompletedTask, endpoint: "live");
        """, """
        (Urls.Page("x"), UrlFor("page", ("name", "x"))), (Urls.Api("x"), UrlFor("api", ("name", "x"))), (Urls.Live("x"), UrlFor("live", ("name", "x"))),
        """, "\"/\", baseUrl: \"http://api.example.org/\""));

    [Fact]
    public void A_converter_of_the_application_writes_its_values() => AssertSame(Run("""
        var app = new ModularApp();
        app.Converter("upper", _ => new Upper());
        app.Get("/<upper:name>", (string name) => "", endpoint: "page");
        """, "(Urls.Page(\"x\"), UrlFor(\"page\", (\"name\", \"x\")))", more: "sealed class Upper : UrlConverter { public override string ToUrl(object value) => $\"{value}\".ToUpperInvariant(); }"));

    // The rules that were compiled aren't those of this application.
    [Fact]
    public void Another_application_with_another_rule_for_the_endpoint_gives_its_own_url() => AssertSame(Run("""
        var first = new ModularApp();
        first.Get("/user/<name>", (string name) => "", endpoint: "page");
        var rule = string.Concat("/other/", "<name>");
        rule += "";
        var app = new ModularApp();
        app.Get(rule, (string name) => "", endpoint: "page");
        using (first.TestRequestContext("/")) if (Urls.Page("x") != "/user/x") throw new InvalidOperationException();
        """, "(Urls.Page(\"x\"), UrlFor(\"page\", (\"name\", \"x\")))"));

    [Fact]
    public void A_rule_that_changes_breaks_the_build_where_it_is_used()
    {
        const string Code = "public static class Made { public static string Make() { new ModularApp().Get(\"/user/<username>\", (string username) => \"\", endpoint: \"profile\"); return Urls.Profile(username: \"x\"); } }";

        var (before, _) = Generate(Code);
        var (after, _) = Generate(Code.Replace("<username>", "<int:id>", StringComparison.Ordinal));

        Assert.DoesNotContain(before.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Contains(after.GetDiagnostics(), diagnostic => diagnostic.Id == "CS1739");
    }

    [Fact]
    public void What_is_not_known_has_no_method()
    {
        var (_, source) = Generate("""
            public static class Made
            {
                public static void Make(Blueprint any, string name)
                {
                    var app = new ModularApp();
                    app.Get("/a", () => "");
                    app.Get("/b", () => "", endpoint: name);
                    any.Get("/c", () => "", endpoint: "c");
                    app.Get("/d", () => "", options: new() { Host = name }, endpoint: "d");
                    app.Get("/" + name, () => "", endpoint: "e");
                    app.Get("hi", () => "", endpoint: "f");
                    app.Get("/g", () => "", endpoint: "equals");
                }
            }
            """);

        Assert.Equal("", source);
    }

    [Fact]
    public void Names_that_clash_are_left_out()
    {
        var (compilation, source) = Generate("""
            public static class Made
            {
                public static void Make()
                {
                    var app = new ModularApp();
                    app.Get("/a", () => "", endpoint: "show_user");
                    app.Get("/b", () => "", endpoint: "ShowUser");
                    app.Get("/c", () => "", endpoint: "blog");
                    app.Get("/d/<x>", (string x) => "", endpoint: "d");
                    app.Post("/d/<y>", (string y) => "", endpoint: "d");
                    app.Get("/e", () => "", endpoint: "kept");
                    var blog = new Blueprint("blog");
                    blog.Get("/f", () => "", endpoint: "f");
                    app.Register(blog);
                }
            }
            """);

        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.DoesNotContain("string ShowUser(", source, StringComparison.Ordinal);
        Assert.DoesNotContain("string Blog(", source, StringComparison.Ordinal);
        Assert.DoesNotContain("string D(", source, StringComparison.Ordinal);
        Assert.Contains("string Kept(", source, StringComparison.Ordinal);
        Assert.Contains("class Blog", source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_generated_code_compiles_without_a_warning()
    {
        var (compilation, _) = Generate($"public static class Made {{ public static void Make() {{ {Converters} }} }}");

        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) is true);
    }

    [Fact]
    public void A_program_with_its_own_class_keeps_it()
    {
        var (compilation, source) = Generate("namespace Modular { static class Urls { } } public static class Made { public static void Make() => new ModularApp().Get(\"/\", () => \"\", endpoint: \"index\"); }");

        Assert.Equal("", source);
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
