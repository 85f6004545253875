namespace Modular.Generators.Tests;

public sealed class TemplateAnalyzerTests
{
    static readonly (string, string)[] Files = [("/app/templates/index.html", ""), ("/app/templates/blog/show.html", ""), ("/app/data/other.html", "")];

    const string Liquid = "app.UseLiquid();\n";

    [Fact]
    public Task A_template_that_is_not_there_is_found() => Programs.Verify<TemplateAnalyzer>(Liquid + """
        app.Get("/", () => RenderTemplate({|MOD006:"idnex.html"|}, ("a", 1)));
        app.Get("/b", async () => await RenderTemplateAsync({|MOD006:"blog/shwo.html"|}));
        app.Get("/c", () => RenderTemplate({|MOD006:"about.html"|}));
        """, Files);

    [Fact]
    public Task Templates_that_are_there_or_elsewhere_are_accepted() => Programs.Verify<TemplateAnalyzer>(Liquid + """
        var name = Console.ReadLine()!;
        app.Get("/", () => RenderTemplate("index.html"));
        app.Get("/b", () => RenderTemplate("blog/show.html"));
        app.Get("/c", () => RenderTemplate("show.html"));
        app.Get("/d", () => RenderTemplate(name));
        app.Get("/e", () => RenderTemplate("wiki/page.html"));
        """, Files);

    [Fact]
    public Task A_project_without_templates_is_left_alone() => Programs.Verify<TemplateAnalyzer>(Liquid + "app.Get(\"/\", () => RenderTemplate(\"index.html\"));");

    [Fact]
    public Task The_nearest_template_is_put_in_its_place() => Programs.Fix<TemplateAnalyzer, ReplaceFix>(
        Liquid + "app.Get(\"/\", () => RenderTemplate({|MOD006:\"idnex.html\"|}));", Liquid + "app.Get(\"/\", () => RenderTemplate(\"index.html\"));", files: Files);
}

public sealed class OrderAnalyzerTests
{
    [Fact]
    public Task Set_up_after_the_start_is_found() => Programs.Verify<OrderAnalyzer>("""
        app.Get("/", () => { app.{|MOD007:Get|}("/late", () => ""); return ""; });
        app.BeforeRequest(() => { app.{|MOD007:UseFlash|}(); });
        app.Run();
        app.{|MOD007:UseFlash|}();
        if (args.Length > 0) app.{|MOD007:Get|}("/a", () => "");
        app.Run();
        app.{|MOD007:Get|}("/b", () => "");
        """);

    [Fact]
    public Task Set_up_before_the_start_and_of_other_applications_is_accepted() => Programs.Verify<OrderAnalyzer>("""
        app.UseFlash();
        app.Get("/", () => { var other = new ModularApp(); other.Get("/", () => ""); return ""; });
        if (args.Length > 0) app.Run();
        var running = app.RunAsync();
        app.Get("/b", () => "");
        app.Run();
        Console.WriteLine(app.Rules.Count);
        var next = new ModularApp();
        next.Get("/", () => "");
        """);

    [Fact]
    public Task A_function_below_the_start_may_be_called_before_it() => Programs.Verify<OrderAnalyzer>("""
        AddPages();
        app.Run();
        void AddPages() => app.Get("/", () => "");
        """);

    [Fact]
    public Task Async_void_is_found() => Programs.Verify<OrderAnalyzer>("""
        app.Get("/", {|MOD007:Show|});
        app.BeforeRequest({|MOD007:(Action)Show|});
        app.Get("/b", async (HttpContext http) => { await http.Response.WriteAsync("b"); });
        async void Show() => await Task.Yield();
        """);

    [Fact]
    public Task A_task_that_a_view_does_not_await_is_found() => Programs.Verify<OrderAnalyzer>("""
        app.Get("/", () => { {|MOD007:Send()|}; return ""; });
        app.Get("/b", Show);
        app.Get("/c", async () => { await Send(); return ""; });
        app.Get("/d", () => { _ = Send(); return ""; });
        app.Get("/e", () => Send());
        string Show() { {|MOD007:Send()|}; return ""; }
        void NoView() { Send(); }
        Task Send() => Task.CompletedTask;
        NoView();
        """);

    [Fact]
    public async Task The_message_says_what_to_do() => Assert.Equal("The view \"Show\" is async and returns void, so it can't be awaited. Return Task, or remove async.",
        await Programs.MessageOf<OrderAnalyzer>("app.Get(\"/\", Show); async void Show() => await Task.Yield();"));
}

public sealed class SecretAnalyzerTests
{
    [Fact]
    public Task A_key_in_the_source_is_found() => Programs.Verify<SecretAnalyzer>("""
        const string Key = "another secret";
        app.UseSessions(new() { SecretKey = {|MOD008:"a secret of the source"|} });
        var options = new SessionsOptions { SecretKey = {|MOD008:Key|}, SecretKeyFallbacks = [{|MOD008:"an old secret"|}, Environment.MachineName] };
        """);

    [Fact]
    public Task A_key_of_a_test_is_accepted() => Programs.VerifyInTests<SecretAnalyzer>("""
        app.UseSessions(new() { SecretKey = "a secret of the source" });
        """);

    [Fact]
    public Task A_key_from_elsewhere_is_accepted() => Programs.Verify<SecretAnalyzer>("""
        app.UseSessions(new() { SecretKey = app.Config["SECRET_KEY"] });
        var options = new SessionsOptions { SecretKey = Environment.GetEnvironmentVariable("SECRET_KEY") };
        var example = new SessionsOptions { SecretKey = "…" };
        var development = new SessionsOptions { SecretKey = "development", AllowWeakKey = true };
        var other = new Other { SecretKey = "not ours" };
        sealed class Other { public string SecretKey { get; set; } = ""; }
        """);

    [Fact]
    public Task The_key_comes_from_the_configuration() => Programs.Fix<SecretAnalyzer, ReplaceFix>(
        "app.UseSessions(new() { SecretKey = {|MOD008:\"a secret of the source\"|} });", "app.UseSessions(new() { SecretKey = app.Config[\"SECRET_KEY\"] });");

    [Fact]
    public async Task The_message_does_not_repeat_the_key() => Assert.DoesNotContain("a secret of",
        await Programs.MessageOf<SecretAnalyzer>("app.UseSessions(new() { SecretKey = \"a secret of the source\" });"), StringComparison.Ordinal);
}

public sealed class PackageAnalyzerTests
{
    [Fact]
    public Task Words_without_their_plugin_are_found() => Programs.Verify<PackageAnalyzer>("""
        app.Get("/", () => { {|MOD009:Flash("hi")|}; return {|MOD009:RenderTemplate("index.html")|}; });
        app.Get("/b", () => {|MOD009:Current.Session|}.Count);
        app.Get("/c", () => {|MOD009:RenderText("a.txt")|});
        """);

    [Fact]
    public Task Words_with_their_plugin_are_accepted() => Programs.Verify<PackageAnalyzer>("""
        app.UseSessions(new() { SecretKey = "…" });
        app.UseFlash();
        app.UseLiquid();
        app.Get("/", () => { Flash("hi"); return RenderTemplate("index.html"); });
        app.Get("/b", () => Current.Session.Count);
        """);

    [Fact]
    public Task A_program_with_the_engine_of_another_library_is_left_alone() => Programs.Verify<PackageAnalyzer>("""
        app.UseFluid();
        app.Get("/", () => RenderTemplate("index.html"));
        static class Fluid { internal static ModularApp UseFluid(this ModularApp app) => app; }
        """);

    [Fact]
    public Task A_program_that_installs_plugins_of_its_own_is_left_alone() => Programs.Verify<PackageAnalyzer>("""
        IPlugins.Install(app);
        app.Get("/", () => { Flash("hi"); return ""; });
        static class IPlugins { internal static void Install(ModularApp app) => app.Use((Modular.Plugins.IPlugin)null!); }
        """);

    [Fact]
    public async Task The_message_says_the_line() => Assert.Equal("Flash(…) needs a plugin that isn't installed in the application. Write app.UseFlash() after new ModularApp(…).",
        await Programs.MessageOf<PackageAnalyzer>("app.Get(\"/\", () => { Flash(\"hi\"); return \"\"; });"));

    [Fact]
    public Task The_line_is_added() => Programs.Fix<PackageAnalyzer, PackageFix>(
        "app.Get(\"/\", () => { {|MOD009:Flash(\"hi\")|}; return \"\"; });", "app.UseFlash();\napp.Get(\"/\", () => { Flash(\"hi\"); return \"\"; });");
}
