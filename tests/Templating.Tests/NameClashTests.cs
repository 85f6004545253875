using HandlebarsDotNet;

namespace Modular.Templating.Tests;

/// <summary>One name means one thing, and nothing takes another's place without a word.</summary>
public sealed class NameClashTests
{
    [Fact]
    public void A_class_of_Liquid_filters_cannot_replace_those_that_escape()
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
