using System.Reflection;

namespace Modular.Templating.Tests;

public sealed class LiquidSafetyTests() : SafetyFacts(new LiquidSyntax());

public sealed class HandlebarsSafetyTests() : SafetyFacts(new HandlebarsSyntax());

/// <summary>Limits, hostile names, and what templates may read.</summary>
public abstract class SafetyFacts(Engine engine)
{
    [Fact]
    public void Templates_read_data_and_not_the_runtime()
    {
        using var folder = new TemplateFolder();
        var app = App(folder);
        using var scope = app.TestRequestContext("/");
        (string, object?)[] values =
        [
            ("type", typeof(string)), ("assembly", typeof(string).Assembly), ("method", MethodBase.GetCurrentMethod()), ("action", (Action)(() => { })), ("services", scope.Context.Services),
            ("http", scope.Context.Http), ("stream", new MemoryStream([1])), ("app", app), ("context", scope.Context), ("thread", Thread.CurrentThread), ("holder", new Holder()), ("error", new InvalidOperationException("secret")),
        ];
        string[] paths =
        [
            "type.Assembly", "type.Assembly.Location", "type.FullName", "assembly.Location", "assembly.EntryPoint", "method.DeclaringType", "method.Module", "action.Method", "action.Target", "services.GetType",
            "http.RequestServices", "http.Request.Path", "http.User", "stream.Length", "app.Services", "app.Config", "app.Options.RootPath", "context.Http", "context.Services", "context.App", "thread.ManagedThreadId",
            "request.Http", "request.http", "request.http.RequestServices", "request.Rule", "holder.Type.Assembly", "holder.Type.FullName", "holder.Action.Method", "holder.Secret", "holder.Static", "holder.Field", "holder.GetType",
            "holder.Type.Module.Name", "error.StackTrace", "error.Message", "error.TargetSite", "g.GetType", "config.Providers", "request.Headers.GetType", "holder.Text.Chars", "holder.Text.GetType",
        ];

        foreach (var path in paths) Assert.Equal("[]", Render($"[{engine.Value(path)}]", values));
        Assert.Equal("text", Render(engine.Value("holder.text"), values));
    }

    [Fact]
    public void Values_that_are_not_data_are_not_written()
    {
        using var folder = new TemplateFolder();
        using var scope = App(folder).TestRequestContext("/");

        foreach (var value in (object[])[typeof(string), (Action)(() => { }), new MemoryStream(), new InvalidOperationException("secret")])
            Assert.Contains($"which isn't data. Pass the text or the numbers that the page shows.", Assert.ThrowsAny<ModularException>(() => Render(engine.Value("v"), ("v", value))).Message);
        foreach (var value in (object[])[Task.FromResult(1), new ValueTask<int>(1), Task.CompletedTask])
            Assert.Contains(". Await it in the view and pass the result.", Assert.ThrowsAny<ModularException>(() => Render(engine.Value("v"), ("v", value))).Message);
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("../../etc/passwd")]
    [InlineData("a/../../secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("..\\secret.txt")]
    [InlineData("C:\\windows\\win.ini")]
    [InlineData("C:secret.txt")]
    [InlineData("page.html\0.txt")]
    [InlineData("page.html::$DATA")]
    [InlineData("%2e%2e/secret.txt")]
    [InlineData("./page.html")]
    [InlineData("a//page.html")]
    [InlineData("a/./page.html")]
    [InlineData(".hidden")]
    [InlineData("a/.git/config")]
    [InlineData("CON")]
    [InlineData("nul.html")]
    [InlineData("a/com1.html")]
    [InlineData("page.html/")]
    [InlineData("page.html.")]
    [InlineData("page.html ")]
    [InlineData("")]
    [InlineData("a")]
    public void A_name_cannot_leave_the_folders(string name)
    {
        using var folder = new TemplateFolder().Add("page.html", "page").Add("a/page.html", "inner").Add(".hidden", "hidden").Add("secret.txt", "TOP SECRET", ".").Add("includes.html", engine is LiquidSyntax ? "{% include name %}" : "{{> (lookup . 'name')}}");
        using var scope = App(folder).TestRequestContext("/");

        Assert.Throws<TemplateNotFoundException>(() => RenderTemplate(name));
        Assert.DoesNotContain("SECRET", Assert.ThrowsAny<ModularException>(() => RenderTemplate("includes.html", ("name", name))).Message);
    }

    [Fact]
    public void A_name_is_checked_in_linear_time()
    {
        using var folder = new TemplateFolder().Add("includes.html", engine is LiquidSyntax ? "{% include name %}" : "{{> (lookup . 'name')}}");
        using var scope = App(folder).TestRequestContext("/");
        string[] names = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa<", new('a', 100_000), string.Concat(Enumerable.Repeat("a/", 200)) + "<", string.Concat(Enumerable.Repeat("../", 50_000))];

        foreach (var name in names) Assert.ThrowsAny<ModularException>(() => RenderTemplate("includes.html", ("name", name)));
    }

    [Fact]
    public void Loops_output_depth_and_time_have_limits()
    {
        using var folder = new TemplateFolder().Add("circle.html", engine.Include("circle.html")).Add("first.html", engine.Include("second.html")).Add("second.html", engine.Include("first.html"));
        var limits = new TemplateLimits { MaxIterations = 10_000, MaxOutput = 5_000, MaxDepth = 10, MaxTime = TimeSpan.FromSeconds(20) };
        using var scope = App(folder, limits).TestRequestContext("/");
        var many = Enumerable.Range(0, 150);

        Assert.Contains("has run more than 10000 loop iterations. Pass it fewer values, or raise TemplateLimits.MaxIterations.", Fails(engine.Each("many", engine.Each(engine is LiquidSyntax ? "many" : "@root.many", "")), ("many", many)));
        Assert.Contains("has run more than 10000 loop iterations. Pass it fewer values, or raise TemplateLimits.MaxIterations.", Fails(engine.Each("many", ""), ("many", Endless())));
        Assert.Contains("has run more than 10000 loop iterations.", Fails(engine.Value("many"), ("many", Enumerable.Repeat("", int.MaxValue))));
        Assert.Contains("has written more than 5000 characters. Pass it fewer values, or raise TemplateLimits.MaxOutput.", Fails(engine.Each("many", new string('x', 100)), ("many", many)));
        Assert.Contains("has written more than 5000 characters.", Fails(engine.Value("long"), ("long", new string('<', 4000))));
        Assert.Contains("nests more than 10 templates, the last ones are \"circle.html\" → \"circle.html\" → \"circle.html\" → \"circle.html\". Remove the cycle, or raise TemplateLimits.MaxDepth.",
            Assert.Throws<TemplateLimitException>(() => RenderTemplate("circle.html")).Message);
        Assert.Contains("\"second.html\" → \"first.html\"", Assert.Throws<TemplateLimitException>(() => RenderTemplate("first.html")).Message);
    }

    [Fact]
    public void A_page_that_takes_too_long_is_ended_by_the_time_limit()
    {
        using var folder = new TemplateFolder();
        var clock = new Clock();
        var app = App(folder, new() { MaxTime = TimeSpan.FromSeconds(2) });
        app.Services.AddSingleton<TimeProvider>(clock);
        using var scope = app.TestRequestContext("/");

        var message = Assert.Throws<TemplateLimitException>(() => Render(engine.Each("slow", engine.Item), ("slow", Slow()))).Message;

        Assert.Equal("Template \"<string>\" took longer than 2 seconds. Pass it fewer values, or raise TemplateLimits.MaxTime.", message);

        IEnumerable<int> Slow()
        {
            for (var i = 0; i < 100_000; i++)
            {
                clock.Seconds += 0.01;
                yield return i;
            }
        }
    }

    [Fact]
    public async Task A_client_that_disconnects_ends_its_page()
    {
        using var folder = new TemplateFolder().Add("a.html", engine.Each("rows", engine.Item));
        var app = App(folder);
        using var gone = new CancellationTokenSource();
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestAborted = gone.Token };
        using var scope = app.RequestContext(http);

        Assert.ThrowsAny<OperationCanceledException>(() => RenderTemplate("a.html", ("rows", Rows())));
        await Task.CompletedTask;

        IEnumerable<int> Rows()
        {
            for (var i = 0; i < 1_000_000; i++)
            {
                if (i == 1000) gone.Cancel();
                yield return i;
            }
        }
    }

    [Fact]
    public void Limits_are_at_least_one()
    {
        Assert.Equal("MaxDepth must be at least 1. (Parameter 'MaxDepth')\nActual value was 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new TemplateLimits { MaxDepth = 0 }).Message);
        Assert.Equal("MaxTime must be greater than zero. (Parameter 'MaxTime')\nActual value was 00:00:00.", Assert.Throws<ArgumentOutOfRangeException>(() => new TemplateLimits { MaxTime = TimeSpan.Zero }).Message);
    }

    static IEnumerable<int> Endless()
    {
        for (var i = 0; ; i = (i + 1) % 10) yield return i;
    }

    static string Fails(string template, params (string, object?)[] values)
    {
        return Assert.ThrowsAny<TemplateException>(() => Render(template, values)).Message;
    }

    ModularApp App(TemplateFolder folder, TemplateLimits? limits = null)
    {
        var app = new ModularApp(new() { RootPath = folder.Path }).UseTemplating(new() { Limits = limits ?? new() });
        engine.Use(app);
        return app;
    }

    static string Render(string template, params (string, object?)[] values) => RenderTemplateString(template, values).ToString();

    sealed class Holder
    {
        public Type Type { get; } = typeof(string);
        public Action Action { get; } = () => { };
        public string Text { get; } = "text";
        internal string Secret { get; } = "secret";
        public static string Static => "static";
        public readonly string Field = "field";
    }

    sealed class Clock : TimeProvider
    {
        internal double Seconds { get; set; }
        public override long TimestampFrequency => 1000;
        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
