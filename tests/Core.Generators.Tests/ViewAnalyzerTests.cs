namespace Modular.Generators.Tests;

public sealed class ViewAnalyzerTests
{
    [Theory]
    [InlineData("/user/<username>", "(string name) => name")]
    [InlineData("/post/<int:id>", "(string id) => id")]
    [InlineData("/post/<id>", "(int id) => $\"{id}\"")]
    [InlineData("/post/<id>", "(Guid id) => $\"{id}\"")]
    [InlineData("/post/<uuid:id>", "(int id) => $\"{id}\"")]
    [InlineData("/post/<float:price>", "(int price) => $\"{price}\"")]
    [InlineData("/post/<int:id>/<int:page>", "(int id, int pgae) => $\"{id}\"")]
    public async Task A_view_that_does_not_fit_has_the_first_sentences_of_the_core(string rule, string view)
    {
        var thrown = await ThrownBy(rule, view);

        var message = await Programs.MessageOf<ViewAnalyzer>($"app.Get(\"{rule}\", {view});");

        Assert.Equal(Words(thrown), Words(message));

        // The core says where the view is.
        static string Words(string text) => text.Replace($" (the view for rule", " (rule", StringComparison.Ordinal).Replace("System.", "", StringComparison.Ordinal);
    }

    // By the core itself, in a program that is compiled for it.
    static async Task<string> ThrownBy(string rule, string view)
    {
        var compilation = Programs.Compile($"public static class Made {{ public static void Make() {{ new ModularApp().Get(\"{rule}\", {view}); }} }}", "Thrown",
            Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary);
        using var program = new MemoryStream();
        Assert.True(compilation.Emit(program).Success);
        var make = System.Reflection.Assembly.Load(program.ToArray()).GetType("Made")!.GetMethod("Make")!.CreateDelegate<Action>();
        return (await Assert.ThrowsAsync<ModularException>(() => { make(); return Task.CompletedTask; })).Message;
    }

    [Fact]
    public Task Views_that_fit_are_accepted() => Programs.Verify<ViewAnalyzer>("""
        app.Get("/a/<name>", (string name) => name);
        app.Get("/b/<name>", name => name);
        app.Get("/c/<name>", () => "");
        app.Get("/d/<name>", (RequestContext context) => "");
        app.Get("/e/<int:id>", (long id) => "");
        app.Get("/f/<int:id>", (double? id) => "");
        app.Get("/g/<float:x>", (decimal x) => "");
        app.Get("/h/<uuid:id>", (Guid id) => "");
        app.Get("/i/<int:id>", (object id) => "");
        app.Get("/j", (string q, int page = 1) => q);
        app.Get("/k/<int:id>", (int id, string? q) => q ?? "");
        app.Get("/l/<int:id>", ([FromQuery] string q) => q);
        app.Get("/m/<int:id>", ([FromRoute(Name = "id")] int number) => "");
        app.Get("/n/<int:id>", (HttpContext http, CancellationToken cancellationToken, TimeProvider clock) => "");
        app.Get("/o/<int:id>", _ => "");
        app.Post("/p/<int:id>", (Item item) => "");
        app.Get("/q/<int:id>", Show);
        string Show(int id) => "";
        sealed record Item(int Id);
        """);

    [Fact]
    public Task Options_and_prefixes_may_bring_the_value() => Programs.Verify<ViewAnalyzer>("""
        app.Get("/page/<x>", (int page) => "", options: new() { Defaults = new Dictionary<string, object?> { ["page"] = 1 } });
        var blog = new Blueprint("blog", "/<lang>");
        blog.Get("/<x>", (string lang) => "");
        app.Register(blog);
        """);

    [Fact]
    public Task A_converter_of_the_application_decides_about_its_type() => Programs.Verify<ViewAnalyzer>("app.Get(\"/<list:names>\", (string[] names) => \"\");");

    [Fact]
    public Task A_method_is_marked_at_its_parameter() => Programs.Verify<ViewAnalyzer>("""
        app.Get("/user/<username>", Profile);
        var blog = new Blueprint("blog");
        blog.Get("/post/<int:id>", Show);
        string Profile(string {|MOD002:name|}) => name;
        string Show(string {|MOD002:id|}) => id;
        """);

    [Fact]
    public Task A_parameter_without_a_type_needs_its_variable() => Programs.Verify<ViewAnalyzer>("""
        app.Get("/a/<username>", {|MOD002:name|} => name);
        app.Get("/b", {|MOD002:name|} => name);
        """);

    [Fact]
    public Task The_parameter_gets_the_name_of_the_variable() => Programs.Fix<ViewAnalyzer, ViewFix>(
        "app.Get(\"/user/<username>\", (string {|MOD002:name|}) => name);", "app.Get(\"/user/<username>\", (string username) => username);");

    [Fact]
    public Task The_variable_gets_the_name_of_the_parameter() => Programs.Fix<ViewAnalyzer, ViewFix>(
        "app.Get(\"/user/<string(length=2):username>\", (string {|MOD002:name|}) => name);", "app.Get(\"/user/<string(length=2):name>\", (string name) => name);", fix: 1);

    [Fact]
    public Task The_parameter_gets_the_type_of_the_variable() => Programs.Fix<ViewAnalyzer, ViewFix>(
        "app.Get(\"/post/<int:id>\", (string {|MOD002:id|}) => $\"Post {id}\");", "app.Get(\"/post/<int:id>\", (int id) => $\"Post {id}\");");
}
