using System.Text.Json.Serialization;

namespace Modular.Templating.Tests;

public sealed class LiquidOutputGuardTests() : OutputGuardFacts(new LiquidSyntax())
{
    [Theory]
    [InlineData("{{ v | append: 'x' }}")]
    [InlineData("{{ 'x' | append: v }}")]
    [InlineData("{{ v | upcase }}")]
    [InlineData("{{ v | split: ' ' | join }}")]
    [InlineData("{{ list | join: ', ' }}")]
    [InlineData("{{ words | join: v }}")]
    [InlineData("{{ list | sort_natural }}")]
    [InlineData("{{ v | date: '%Y' }}")]
    [InlineData("{{ v | newline_to_br }}")]
    [InlineData("{{ v | strip_html }}")]
    [InlineData("{{ v | escape_once }}")]
    [InlineData("{{ v | url_encode }}")]
    [InlineData("{{ v | base64_encode }}")]
    [InlineData("{{ v | truncate: 20 }}")]
    [InlineData("{{ v | slice: 0, 50 }}")]
    [InlineData("{{ v | currency }}")]
    [InlineData("{{ v | h }}")]
    [InlineData("{% assign x = v | append: '' %}{{ x }}")]
    [InlineData("{% capture x %}{{ v }}{% endcapture %}{{ x }}")]
    [InlineData("{% cycle v, 'b' %}")]
    [InlineData("{% for pair in keys %}{{ pair[0] }}{% endfor %}")]
    [InlineData("{% for pair in keys %}{{ pair }}{% endfor %}")]
    [InlineData("{% if 'a text' contains v %}{% endif %}")]
    [InlineData("{{ url_for('x', q=v) }}")]
    [InlineData("{{ url_for('x', q=list) }}")]
    public void No_filter_tag_or_call_gets_around_the_guard(string template) => Refuses(template);
}

public sealed class HandlebarsOutputGuardTests() : OutputGuardFacts(new HandlebarsSyntax())
{
    [Theory]
    [InlineData("{{{v}}}")]
    [InlineData("{{#with v}}{{this}}{{/with}}")]
    [InlineData("{{#each list}}{{{this}}}{{/each}}")]
    [InlineData("{{#each keys}}{{@key}}{{/each}}")]
    [InlineData("{{#if (lt v 'a')}}{{/if}}")]
    [InlineData("{{default v 'x'}}")]
    [InlineData("{{url_for 'x' q=v}}")]
    [InlineData("{{> part.html row=v}}")]
    public void No_helper_block_or_partial_gets_around_the_guard(string template) => Refuses(template);
}

/// <summary>Templates don't output values that aren't data, at any depth and in any way.</summary>
public abstract class OutputGuardFacts(EngineDialect engine)
{
    static readonly Exception Error = new InvalidOperationException("secret");

    [Fact]
    public void Json_shows_no_property_that_the_framework_declares()
    {
        using var folder = new TemplateFolder();
        var app = App(folder);
        app.Config["Password"] = "secret";
        using var scope = app.TestRequestContext("/", headers: [("Authorization", "secret")]);
        var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Authorization", "secret");

        foreach (var value in (object[])[client, app, scope.Context, app.Config, app.Config.GetSection("Password"), new System.Security.Claims.ClaimsPrincipal(), new Uncovered(), new { inner = client }, new List<object> { client }])
            Assert.Contains("which isn't data.", Assert.ThrowsAny<ModularException>(() => Json(value)).Message);
        foreach (var name in (string[])["request", "config"])
            Assert.DoesNotContain("secret", Assert.ThrowsAny<ModularException>(() => RenderTemplateString(engine.Filter(name, "tojson"))).Message);

        Assert.Equal("{\"mine\":1}", Json(new Inherits { Text = "secret" }));
    }

    [Fact]
    public void Data_is_written_as_before()
    {
        using var folder = new TemplateFolder();
        using var scope = App(folder).TestRequestContext("/");

        Assert.Equal("Holder { Error =  }", Written(new Holder(null)));
        Assert.Equal("{ a = 1, b = (2, x) }", Written(new { a = 1, b = (2, "x") }));
        Assert.Equal("[k, v]", Written(KeyValuePair.Create("k", "v")));
        Assert.Equal("Own", Written(new OwnText(Error)));
        Assert.Equal("{\"error\":null}", Json(new Holder(null)));
        Assert.Equal("[1,{\"a\":[true,null,\"\\u003Cb\\u003E\"]},{\"x\":1.5}]", Json(new object[] { 1, new { a = new object?[] { true, null, "<b>" } }, new Dictionary<string, object> { ["x"] = 1.5 } }));
        Assert.Equal("{\"at\":\"2024-02-01T00:00:00\",\"pair\":{\"key\":\"k\",\"value\":1},\"day\":\"2024-02-01\"}",
            Json(new { at = new DateTime(2024, 2, 1), pair = KeyValuePair.Create("k", 1), day = new DateOnly(2024, 2, 1) }));
    }

    protected private void Refuses(string template)
    {
        using var folder = new TemplateFolder().Add("part.html", engine.Value("row"));
        using var scope = App(folder).TestRequestContext("/");

        foreach (var value in (object[])[Error, new Holder(Error)])
        {
            var error = Assert.ThrowsAny<ModularException>(() => RenderTemplateString(template,
                ("v", value), ("list", new List<object?> { value, value }), ("words", new[] { "a", "b" }), ("keys", new Dictionary<object, int> { [value] = 1 })));
            Assert.DoesNotContain("secret", error.Message);
            Assert.Contains("which isn't data.", error.Message);
        }
    }

    ModularApp App(TemplateFolder folder)
    {
        var app = new ModularApp(new() { RootPath = folder.Path });
        engine.Install(app);
        app.Route("/x", () => "", endpoint: "x");
        return app;
    }

    string Written(object value) => RenderTemplateString(engine.Filter("v", "safe"), ("v", value)).ToString();

    string Json(object value) => RenderTemplateString(engine.Filter("v", "tojson"), ("v", value)).ToString();

    sealed record Holder(Exception? Error);

    readonly record struct Small(Exception Error);

    sealed record OwnText(Exception Error)
    {
        public override string ToString() => "Own";
    }

    sealed class Inherits : System.ComponentModel.DataAnnotations.DataTypeAttribute
    {
        public Inherits() : base("x") => ErrorMessage = "secret";

        [JsonIgnore]
        public string Text { get; set; } = "";

        public int Mine { get; } = 1;
    }

    sealed class Uncovered : ITemplateObject
    {
        public string Password { get; } = "secret";

        public bool TryGetMember(string name, out object? value)
        {
            value = null;
            return false;
        }
    }
}
