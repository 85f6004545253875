using System.Text;

namespace Modular.Templating.Tests;

/// <summary>What an engine of another package can rely on.</summary>
public sealed class EngineContractTests : IDisposable
{
    readonly TemplateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_template_that_includes_itself_shows_the_depth_limit_wherever_the_engine_leaves(bool entersInside)
    {
        _folder.Add("page.own", "");
        using var scope = App(Nested, new() { MaxDepth = 5 }).TestRequestContext("/");

        var error = Assert.Throws<TemplateLimitException>(() => RenderTemplate("page.own"));

        Assert.Equal("Template \"page.own\" nests more than 5 templates, the last ones are \"part\" → \"part\" → \"part\" → \"part\". Remove the cycle, or raise TemplateLimits.MaxDepth.", error.Message);

        void Nested(TemplateRender render)
        {
            var name = render.Output.ToString().Length == 0 ? "page.own" : "part";
            render.Output.Write("x");
            if (!entersInside) render.Enter(name);
            try
            {
                if (entersInside) render.Enter(name);
                Nested(render);
            }
            finally
            {
                render.Leave();
            }
        }
    }

    [Fact]
    public void A_template_that_the_depth_limit_refused_is_not_counted()
    {
        _folder.Add("page.own", "");
        using var scope = App(Nested, new() { MaxDepth = 2 }).TestRequestContext("/");

        Assert.Equal("refused refused refused part", RenderTemplate("page.own").ToString());

        static void Nested(TemplateRender render)
        {
            render.Enter("page.own");
            render.Enter("one");
            for (var i = 0; i < 3; i++)
            {
                Assert.Throws<TemplateLimitException>(() => render.Enter("two"));
                render.Output.Write("refused ");
            }
            render.Leave();
            render.Enter("part");
            render.Output.Write("part");
            render.Leave();
            render.Leave();
        }
    }

    [Fact]
    public void A_list_that_failed_does_not_count_as_nested_for_the_next_one()
    {
        _folder.Add("page.own", "");
        using var scope = App(render =>
        {
            for (var i = 0; i < 40; i++) Assert.Throws<ModularException>(() => render.Output.WriteValue(new object[] { typeof(string) }));
            render.Output.WriteValue(new[] { "a", "b" });
        }).TestRequestContext("/");

        Assert.Equal("ab", RenderTemplate("page.own").ToString());
    }

    [Fact]
    public void An_engine_with_its_own_include_reads_the_sources_of_other_templates()
    {
        _folder.Add("page.own", "part.own").Add("part.own", "<old>").Add("other.liquid", "x");
        var app = new ModularApp(new() { RootPath = _folder.Path });
        app.Debug = true;
        app.UseTemplating().Use(new OwnPlugin(library => new Including(library)));
        app.UseLiquid();

        Assert.Equal("<old>", Page());
        _folder.Add("part.own", "<newer>");
        Assert.Equal("<newer>", Page());
        _folder.Add("page.own", "none.own");
        Assert.Throws<TemplateNotFoundException>(() => Page());
        _folder.Add("page.own", "../../secret");
        Assert.Throws<TemplateNotFoundException>(() => Page());
        _folder.Add("page.own", "other.liquid");
        Assert.Equal("Template \"other.liquid\" belongs to the engine liquid, but a template of own includes it. Include only templates of the same engine.",
            Assert.Throws<TemplateException>(() => Page()).Message);

        string Page()
        {
            using var scope = app.TestRequestContext("/");
            return RenderTemplate("page.own").ToString();
        }
    }

    [Fact]
    public async Task An_exception_of_an_engine_has_the_name_of_its_template()
    {
        _folder.Add("page.own", "text").Add("list.own", "bad");
        var cause = new FormatException("The engine failed.");
        var app = App(_ => throw cause, compile: source =>
        {
            if (source.Text == "bad") throw cause;
        });
        using var scope = app.TestRequestContext("/");

        TemplateException[] errors =
        [
            Assert.Throws<TemplateException>(() => RenderTemplate("page.own")), await Assert.ThrowsAsync<TemplateException>(async () => await RenderTemplateAsync("page.own")),
            await Assert.ThrowsAsync<TemplateException>(async () => await StreamTemplate("page.own").ToListAsync()), Assert.Throws<TemplateException>(() => RenderTemplate("list.own")),
            Assert.Throws<TemplateException>(() => RenderTemplateString("text")),
        ];

        Assert.Equal(["page.own", "page.own", "page.own", "list.own", "<string>"], errors.Select(error => error.Template));
        Assert.All(errors, error => Assert.Same(cause, error.InnerException));
        Assert.Equal("Template \"page.own\": The engine failed.", errors[0].Message);
        Assert.Equal("The engine failed.", errors[0].Problem);
    }

    [Fact]
    public void An_exception_in_an_included_template_names_it_and_an_error_with_a_place_keeps_it()
    {
        _folder.Add("page.own", "one\ntwo");
        var included = App(render =>
        {
            render.Enter("page.own");
            render.Enter("part.own");
            throw new FormatException("The engine failed.");
        });
        var placed = App(_ => throw new Placed());

        using (included.TestRequestContext("/"))
            Assert.Equal("Template \"part.own\": The engine failed.", Assert.Throws<TemplateException>(() => RenderTemplate("page.own")).Message);
        using (placed.TestRequestContext("/"))
        {
            var error = Assert.Throws<TemplateException>(() => RenderTemplate("page.own"));
            Assert.Equal(("page.own", 2, 3, "It is wrong."), (error.Template, error.Line, error.Column, error.Problem));
            Assert.Equal("Template \"page.own\", line 2, column 3: It is wrong.\n  1 | one\n> 2 | two", error.Message);
        }
    }

    [Fact]
    public void Errors_that_are_responses_or_disconnected_clients_are_not_wrapped()
    {
        _folder.Add("page.own", "");

        using (App(_ => Abort(404)).TestRequestContext("/")) Assert.Throws<HttpException>(() => RenderTemplate("page.own"));
        using (App(_ => throw new OperationCanceledException()).TestRequestContext("/")) Assert.Throws<OperationCanceledException>(() => RenderTemplate("page.own"));
    }

    [Fact]
    public void An_asynchronous_engine_that_never_waits_renders_a_synchronous_page()
    {
        _folder.Add("page.own", "");
        using var scope = App(_ => { }, async: async render =>
        {
            var output = render.Output;
            await output.WriteAsync('a');
            await output.WriteAsync("b");
            await output.WriteAsync(['c', 'd'], 1, 1);
            await output.WriteAsync("e".AsMemory());
            await output.WriteAsync(new StringBuilder("f"));
            await output.WriteLineAsync();
            await output.WriteLineAsync('g');
            await output.WriteLineAsync("h");
            await output.WriteLineAsync(['i', 'j'], 0, 2);
            await output.WriteLineAsync("k".AsMemory());
            await output.WriteLineAsync(new StringBuilder("l"));
            await output.FlushAsync();
            await output.FlushAsync(render.Cancellation);
            await output.DisposeAsyncOfNested(render);
        }).TestRequestContext("/");

        var page = RenderTemplate("page.own").ToString();

        Assert.Equal("abdef\ng\nh\nij\nk\nl\nnested", page.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_cancelled_asynchronous_write_writes_nothing()
    {
        _folder.Add("page.own", "");
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        using var scope = App(_ => { }, async: async render =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => render.Output.WriteAsync("a".AsMemory(), gone.Token));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => render.Output.WriteAsync(new StringBuilder("a"), gone.Token));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => render.Output.WriteLineAsync("a".AsMemory(), gone.Token));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => render.Output.WriteLineAsync(new StringBuilder("a"), gone.Token));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => render.Output.FlushAsync(gone.Token));
        }).TestRequestContext("/");

        Assert.Equal("", RenderTemplate("page.own").ToString());
    }

    ModularApp App(Action<TemplateRender> render, TemplateLimits? limits = null, Func<TemplateRender, ValueTask>? async = null, Action<TemplateSource>? compile = null)
    {
        var app = new ModularApp(new() { RootPath = _folder.Path }).UseTemplating(new() { Limits = limits ?? new() });
        return app.Use(new OwnPlugin(_ => new OwnEngine(source => compile?.Invoke(source), async ?? (page =>
        {
            render(page);
            return default;
        }))));
    }

    sealed class OwnPlugin(Func<TemplateLibrary, ITemplateEngine> make) : IPlugin
    {
        public PluginManifest Manifest { get; } = new("Example.Own", core: "[0.1,1.0)");

        public void Install(PluginBuilder builder) => builder.TemplateEngine("own", [".own"], make);
    }

    sealed class OwnEngine(Action<TemplateSource> compile, Func<TemplateRender, ValueTask> render) : ITemplateEngine, ITemplate
    {
        public ITemplate Compile(TemplateSource source)
        {
            compile(source);
            return this;
        }

        public ValueTask RenderAsync(TemplateRender page) => render(page);
    }

    /// <summary>A template is the name of another one, which the engine reads and caches itself.</summary>
    sealed class Including(TemplateLibrary library) : ITemplateEngine
    {
        public ITemplate Compile(TemplateSource source) => new Text(library.GetSource(source.Text).Text);

        sealed class Text(string text) : ITemplate
        {
            public ValueTask RenderAsync(TemplateRender render)
            {
                render.Output.Write(text);
                return default;
            }
        }
    }

    sealed class Placed() : Exception("It is wrong, at 2:3."), ISourceError
    {
        public string Problem => "It is wrong.";
        public string SourceName => "";
        public int Line => 2;
        public int Column => 3;
        public string Excerpt => "";
    }
}

static class NestedWriters
{
    internal static async Task DisposeAsyncOfNested(this TemplateWriter output, TemplateRender render)
    {
        await using var nested = render.Nest();
        await nested.WriteAsync("nested");
        await output.WriteAsync(nested.ToString());
    }
}
