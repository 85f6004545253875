using HandlebarsDotNet;

namespace Modular.Templating.Tests;

/// <summary>Each name has one meaning, and a silent replacement is an error.</summary>
public sealed class NameClashTests
{
    [Fact]
    public void A_class_of_Liquid_filters_cannot_replace_filters_that_escape()
    {
        var app = new ModularApp();
        app.UseLiquid(new() { Filters = [typeof(Escaping)] });

        Assert.Equal("The class Escaping in LiquidOptions.Filters has the filter \"escape\", which is reserved because pages use it for escaping. Rename the method.",
            Assert.Throws<ModularException>(() => app.TestRequestContext("/")).Message);
    }

    [Fact]
    public void Two_classes_of_Liquid_filters_have_no_filter_in_common()
    {
        var app = new ModularApp();
        app.UseLiquid(new() { Filters = [typeof(One), typeof(Two)] });

        Assert.Equal("The classes One and Two in LiquidOptions.Filters both have the filter \"shout\". Remove one of them.", Assert.Throws<ModularException>(() => app.TestRequestContext("/")).Message);
    }

    [Fact]
    public void A_class_of_Liquid_filters_replaces_one_of_Liquids_own()
    {
        var app = new ModularApp();
        app.UseLiquid(new() { Filters = [typeof(Sorting)] });
        using var scope = app.TestRequestContext("/");

        Assert.Equal("sorted", RenderTemplateString("{{ 'x' | sort }}").ToString());
    }

    [Fact]
    public void In_Handlebars_a_filter_a_function_and_a_helper_have_different_names()
    {
        var both = App(app =>
        {
            app.TemplateFilter("icon", (value, _) => value);
            app.TemplateFunction("icon", (_, _) => null);
        });
        var word = App(app => app.TemplateFilter("each", (value, _) => value));
        var helper = App(_ => { }, configuration => configuration.Helpers["escape"] = new HandlebarsDotNet.Helpers.DelegateReturnHelperDescriptor("escape", (_, arguments) => arguments[0]));

        Assert.Equal("\"icon\" is both a template filter and a template function, and Handlebars has only helpers. Rename one of them.", Problem(both));
        Assert.Equal("The template filter or function \"each\" has the name of a Handlebars keyword, which would be called instead. Choose another name.", Problem(word));
        Assert.Equal("HandlebarsOptions.Configure adds the helper \"escape\", which is already a filter or function of the application. Choose another name.", Problem(helper));
    }

    [Theory]
    [InlineData("the template global", "now")]
    [InlineData("the template filter", "shout")]
    public void Two_plugins_with_the_same_claim_are_refused(string what, string name)
    {
        var twice = Start(Claims("First", what, what));
        var both = Start(Claims("First", what), Claims("Second", what), Claims("Third", what));

        Assert.Equal($"First claims {what} \"{name}\" twice. Declare it once in Install.", twice);
        Assert.Equal($"First, Second and Third claim {what} \"{name}\". Install only one of them.", both);

        static Probe Claims(string id, params string[] claims) => new(id, builder =>
        {
            foreach (var what in claims)
                if (what == "the template filter") builder.App.TemplateFilter("shout", (_, _) => what);
                else builder.App.TemplateGlobal("now", _ => what);
        });
    }

    [Theory]
    [InlineData("safe")]
    [InlineData("e")]
    [InlineData("escape")]
    [InlineData("forceescape")]
    [InlineData("striptags")]
    [InlineData("tojson")]
    [InlineData("h")]
    public void A_filter_that_escapes_cannot_be_replaced_in_any_way(string name)
    {
        Action<RouteGroup>[] ways = [scope => scope.TemplateFilter(name, (value, _) => value), scope => scope.TemplateFunction(name, (_, _) => null)];

        foreach (var way in ways)
        {
            var blueprint = new Blueprint("blog");
            way(blueprint);

            Assert.Equal($"Evil adds the template filter \"{name}\", which is built in. Give it another name.", Start(new Probe("Evil", builder => way(builder.App))));
            Assert.Equal($"Evil adds the template filter \"{name}\", which is built in. Give it another name.", Problem(app => app.Use(new Probe("Evil", builder => way(builder.ForBlueprint(OfApp(app)))))));
            Assert.Equal($"The application adds the template filter \"{name}\", which is built in. Give it another name.", Problem(way));
            Assert.Equal($"The application adds the template filter \"{name}\", which is built in. Give it another name.", Problem(app => app.Register(blueprint)));
        }
    }

    [Theory]
    [InlineData("request")]
    [InlineData("g")]
    [InlineData("config")]
    [InlineData("url_for")]
    public void A_built_in_global_cannot_be_replaced_by_a_plugin_in_any_way(string name)
    {
        Action<RouteGroup>[] ways = [scope => scope.TemplateGlobal(name, _ => 1), scope => scope.TemplateGlobal(name, 1), scope => scope.TemplateFunction(name, (_, _) => null)];

        foreach (var way in ways)
        {
            Assert.Equal($"Evil adds the template global \"{name}\", which is built in. Give it another name.", Start(new Probe("Evil", builder => way(builder.App))));
            Assert.Equal($"Evil adds the template global \"{name}\", which is built in. Give it another name.", Problem(app => app.Use(new Probe("Evil", builder => way(builder.ForBlueprint(OfApp(app)))))));
        }
    }

    [Fact]
    public void Two_plugins_with_one_name_clash_whichever_way_they_add_it()
    {
        Assert.Equal("Second and First claim the template filter \"shout\". Install only one of them.", Problem(app =>
            app.Use(new Probe("First", builder => builder.ForBlueprint(OfApp(app)).TemplateFilter("shout", (value, _) => value))).Use(new Probe("Second", builder => builder.App.TemplateFilter("shout", (value, _) => value)))));
        Assert.Equal("First and Second claim the template global \"now\". Install only one of them.", Start(
            new Probe("First", builder => builder.App.TemplateGlobal("now", _ => 1)), new Probe("Second", builder => builder.App.TemplateFunction("now", (_, _) => null))));
    }

    [Fact]
    public void A_plugins_functions_are_in_its_description_and_cannot_be_added_later()
    {
        RouteGroup scope = null!;
        var app = new ModularApp().Use(new Probe("Words", builder =>
        {
            scope = builder.App;
            scope.TemplateFilter("shout", (value, _) => value);
            scope.TemplateGlobal("site", "Example");
        }));

        Assert.Equal([("TemplateFilter", "shout"), ("TemplateGlobal", "site")], app.Plugins[0].Declared);
        Assert.Equal("Words called TemplateFilter on its builder after it had been installed. Declare everything inside Install.", Assert.Throws<ModularException>(() => scope.TemplateFilter("late", (value, _) => value)).Message);
    }

    [Fact]
    public void A_template_global_is_a_value_and_not_an_uncalled_lambda() => Assert.Equal(
        "Template global \"now\" was given Func<int>, which templates don't call. Write TemplateGlobal(\"now\", _ => …) for a value, or TemplateFunction(\"now\", …).",
        Assert.Throws<ModularException>(() => new ModularApp().TemplateGlobal("now", () => 1)).Message);

    static Blueprint OfApp(ModularApp app)
    {
        var blueprint = new Blueprint("blog");
        app.Register(blueprint);
        return blueprint;
    }

    static string Start(params Probe[] plugins) => Problem(app => Array.ForEach(plugins, plugin => app.Use(plugin)));

    static string Problem(Action<ModularApp> add) => Assert.Throws<ModularException>(() => App(add).TestRequestContext("/")).Message;

    sealed class Probe(string id, Action<PluginBuilder> install) : IPlugin
    {
        public PluginManifest Manifest { get; } = new(id, core: "[0.1,1.0)");

        public void Install(PluginBuilder builder) => install(builder);
    }

    static ModularApp App(Action<ModularApp> add, Action<HandlebarsConfiguration>? configure = null)
    {
        var app = new ModularApp();
        app.UseHandlebars(new() { Configure = configure });
        add(app);
        return app;
    }

    static string Problem(ModularApp app)
    {
        using var scope = app.TestRequestContext("/");
        return Assert.Throws<ModularException>(() => RenderTemplateString("x")).Message;
    }

    static class Escaping
    {
        public static string Escape(string input) => input;
    }

    static class One
    {
        public static string Shout(string input) => input;
    }

    static class Two
    {
        public static string Shout(string input) => input;
    }

    static class Sorting
    {
        public static string Sort(object input) => $"sorted{(input is null ? "?" : "")}";
    }
}
