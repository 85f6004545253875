namespace Modular.Templating.Tests;

/// <summary>The options of templates and of the two engines.</summary>
public sealed class OptionsTests : IDisposable
{
    readonly TemplateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Filters as DotLiquid's users write them.</summary>
    public static class Shop
    {
        public static string Money(decimal cents) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"<b>{cents / 100:0.00}</b>");

        public static string Times(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
    }

    [Fact]
    public void Limits_are_at_least_one()
    {
        Assert.Equal("MaxDepth must be at least 1. (Parameter 'MaxDepth')\nActual value was 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new TemplateLimits { MaxDepth = 0 }).Message);
        Assert.Equal("MaxTime must be greater than zero. (Parameter 'MaxTime')\nActual value was 00:00:00.", Assert.Throws<ArgumentOutOfRangeException>(() => new TemplateLimits { MaxTime = TimeSpan.Zero }).Message);
    }

    [Fact]
    public void The_section_Templating_changes_simple_options_and_limits_of_the_program_before_or_after_they_are_set()
    {
        _folder.Add("a.html", "{{#each list}}{{this}}{{/each}}");
        var app = App().UseLiquid().UseHandlebars().UseTemplating(new() { Engine = "liquid", Limits = new() { MaxIterations = 5, MaxDepth = 7 } });
        app.Config.AddInMemoryCollection([new("Templating:Engine", "handlebars"), new("Templating:MaxIterations", "2"), new("Templating:MaxTime", "00:01:00")]);
        using var scope = app.TestRequestContext("/");

        Assert.Equal("12", RenderTemplate("a.html", ("list", new[] { 1, 2 })).ToString());
        Assert.Contains("more than 2 loop iterations.", Assert.Throws<TemplateLimitException>(() => RenderTemplate("a.html", ("list", new[] { 1, 2, 3 }))).Message);
    }

    [Fact]
    public void Wrong_values_in_the_section_Templating_are_reported()
    {
        var app = App().UseLiquid();
        app.Config.AddInMemoryCollection([new("Templating:Engine", "jinja"), new("Templating:MaxDepth", "0"), new("Templating:MaxTime", "00:00:00"), new("Templating:Folders", "x")]);

        var report = Assert.Throws<ModularException>(() => app.TestRequestContext("/")).Message;

        Assert.StartsWith("The application can't start, for 4 reasons.\n", report);
        Assert.Contains("\"Templating:Folders\" in the configuration, an option of Modular.Templating, doesn't exist. Remove it.", report, StringComparison.Ordinal);
        Assert.Contains("\"Templating:MaxDepth\" in the configuration, an option of Modular.Templating, is \"0\". The option refuses it: MaxDepth must be at least 1.", report, StringComparison.Ordinal);
        Assert.Contains("\"Templating:MaxTime\" in the configuration, an option of Modular.Templating, is \"00:00:00\". The option refuses it: MaxTime must be greater than zero.", report, StringComparison.Ordinal);
        Assert.Contains("There is no template engine \"jinja\". Write one of: liquid.", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_endings_are_not_escaped_and_all_others_are()
    {
        _folder.Add("a.csv", "{{ v }}").Add("a.txt", "{{ v }}").Add("a.html", "{{ v }}").Add("a.md.liquid", "{{ v }}");
        var app = App(new() { PlainEndings = [".csv", ".md"] });
        app.UseLiquid();
        using var scope = app.TestRequestContext("/");

        var pages = ((string[])["a.csv", "a.md.liquid"]).Select(name => RenderText(name, ("v", "<"))).Concat(((string[])["a.txt", "a.html"]).Select(name => $"{RenderTemplate(name, ("v", "<"))}"));

        Assert.Equal(["<", "<", "&lt;", "&lt;"], pages);
    }

    [Fact]
    public void Loading_is_explained_place_by_place_with_the_option()
    {
        _folder.Add("page.html", "x");
        var log = new Lines();
        var app = App(new() { Folders = ["mine", "templates"], ExplainLoading = true });
        app.Services.AddSingleton<ILoggerProvider>(log);
        app.UseLiquid();
        using var scope = app.TestRequestContext("/");

        RenderTemplate("page.html");

        Assert.Contains($"Template page.html: {Path.Combine(_folder.Path, "mine")}: not found", log.All);
        Assert.Contains($"Template page.html: {Path.Combine(_folder.Path, "templates")}: found", log.All);
    }

    [Fact]
    public void Filters_of_a_class_are_found_by_DotLiquids_names_and_their_text_is_escaped()
    {
        _folder.Add("a.html", "{{ price | money }} {{ word | times: 3 }}");
        var app = App();
        app.UseLiquid(new() { Filters = [typeof(Shop)] });
        using var scope = app.TestRequestContext("/");

        var page = RenderTemplate("a.html", ("price", 1250), ("word", "<x>")).ToString();

        Assert.Equal("&lt;b&gt;12.50&lt;/b&gt; &lt;x&gt;&lt;x&gt;&lt;x&gt;", page);
    }

    [Fact]
    public void Helpers_of_Handlebars_own_configuration_work_and_the_encoder_cannot_be_replaced()
    {
        _folder.Add("a.hbs", "{{shout v}}{{#twice}}{{v}};{{/twice}}{{v}}");
        var (app, calls) = (App(), 0);
        app.UseHandlebars(new()
        {
            Configure = configuration =>
            {
                calls++;
                configuration.TextEncoder = null;
                configuration.Helpers["shout"] = new HandlebarsDotNet.Helpers.DelegateReturnHelperDescriptor("shout", (_, arguments) => $"{arguments[0]}!");
                configuration.BlockHelpers["twice"] = new HandlebarsDotNet.Helpers.BlockHelpers.DelegateBlockHelperDescriptor("twice", (output, options, context, _) =>
                {
                    options.Template(output, context);
                    options.Template(output, context);
                });
            },
        });
        using var scope = app.TestRequestContext("/");

        var pages = Enumerable.Range(0, 2).Select(_ => RenderTemplate("a.hbs", ("v", "<")).ToString()).ToList();

        Assert.All(pages, page => Assert.Equal("&lt;!&lt;;&lt;;&lt;", page));
        Assert.Equal(1, calls);
    }

    ModularApp App(TemplateOptions? options = null) => new ModularApp(new() { RootPath = _folder.Path, StaticFolder = null }).UseTemplating(options);

    sealed class Lines : ILoggerProvider, ILogger
    {
        readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = [];

        internal IReadOnlyCollection<string> All => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
