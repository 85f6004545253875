using System.Text;

namespace Modular.Tests;

public class PluginClaimTests
{
    static readonly Slot<string> Shared = new("shared");

    [Theory]
    [InlineData("the slot", "shared (string)")]
    [InlineData("the application slot", "shared (string)")]
    [InlineData("the converter", "list")]
    [InlineData("answers of type", "StringBuilder")]
    [InlineData("the template global", "now")]
    [InlineData("the template filter", "shout")]
    public void Two_plugins_that_claim_the_same_are_refused(string what, string name)
    {
        var message = Mistake.OfSetUp(app => app.Use(new Probe("First", builder => Claim(builder, what))).Use(new Probe("Second", builder => Claim(builder, what))));

        Assert.Equal($"First and Second claim {what} \"{name}\". Install only one of them.", message);
    }

    [Fact]
    public void All_who_claim_the_same_are_named()
    {
        var message = Mistake.OfSetUp(app =>
        {
            foreach (var id in new[] { "First", "Second", "Third" }) app.Use(new Probe(id, builder => Claim(builder, "the converter")));
        });

        Assert.Equal("First, Second and Third claim the converter \"list\". Install only one of them.", message);
    }

    [Fact]
    public void A_slot_that_one_plugin_opens_early_and_another_late_is_claimed_twice()
    {
        var message = Mistake.OfSetUp(app => app
            .Use(new Probe("Early", builder => builder.AddRequestSlot(Shared, _ => new ValueTask<string?>("early"), _ => "late")))
            .Use(new Probe("Late", builder => builder.AddRequestSlot(Shared, _ => "late"))));

        Assert.Equal("Early and Late claim the slot \"shared (string)\". Install only one of them.", message);
    }

    [Fact]
    public void A_plugin_that_claims_twice_is_told_so()
    {
        var message = Mistake.OfSetUp(app => app.Use(new Probe("First", builder =>
        {
            Claim(builder, "the converter");
            Claim(builder, "the converter");
        })));

        Assert.Equal("First claims the converter \"list\" twice. Declare it once in Install.", message);
    }

    [Fact]
    public void A_slot_of_the_same_name_is_another_slot()
    {
        var app = new ModularApp();
        app.Use(new Probe("First", builder => builder.AddAppSlot(Shared, "one")));
        var other = new Slot<string>("shared");
        app.Use(new Probe("Second", builder => builder.AddAppSlot(other, "two")));

        using var scope = app.AppContext();

        Assert.Equal(("one", "two"), (app.Get(Shared), app.Get(other)));
    }

    [Theory]
    [InlineData("int")]
    [InlineData("month")]
    public void A_converter_that_is_there_already_is_refused(string name)
    {
        var message = Mistake.OfSetUp(app =>
        {
            app.Converter("month", _ => new Month());
            app.Use(new Probe("Calendar", builder => builder.Converter(name, _ => new Month())));
        });

        Assert.Equal($"Calendar brings the converter \"{name}\", but the core or the application has one of this name. Give one of the two another name.", message);
    }

    [Fact]
    public void Answers_that_the_core_gives_by_itself_cannot_be_claimed()
    {
        var message = Mistake.OfSetUp(app => app.Use(new Probe("Shouting", builder => builder.ResponseConverter<string>((_, text) => text.ToUpperInvariant()))));

        Assert.Equal(
            "Shouting makes answers of type \"string\", which the core answers by itself. Return a type of its own from the views instead.", message);
    }

    [Theory]
    [InlineData("safe")]
    [InlineData("e")]
    [InlineData("escape")]
    [InlineData("h")]
    [InlineData("forceescape")]
    [InlineData("striptags")]
    [InlineData("tojson")]
    public void A_filter_that_pages_rely_on_for_escaping_cannot_be_replaced(string name)
    {
        Action<PluginBuilder>[] ways =
        [
            builder => builder.App.TemplateFilter(name, (value, _) => value), builder => builder.App.TemplateFilter(name, (value, _) => value), builder => builder.ForBlueprint(new Blueprint("blog")).TemplateFilter(name, (value, _) => value),
            builder => builder.App.TemplateFunction(name, (_, _) => null), builder => builder.App.TemplateFunction(name, (_, _) => null),
        ];

        foreach (var way in ways)
            Assert.Equal($"Evil brings the template filter \"{name}\", which the core has. Give it another name.", Mistake.OfSetUp(app => app.Use(new Probe("Evil", way))));
        var ofTheApplication = $"The template filter \"{name}\" is the core's, and pages rely on it for escaping. Give yours another name.";
        Assert.Equal(ofTheApplication, Assert.Throws<ModularException>(() => new ModularApp().TemplateFilter(name, (value, _) => value)).Message);
        Assert.Equal(ofTheApplication, Assert.Throws<ModularException>(() => new Blueprint("blog").TemplateFilter(name, (value, _) => value)).Message);
        Assert.Equal(ofTheApplication, Assert.Throws<ModularException>(() => new ModularApp().TemplateFunction(name, (_, _) => null)).Message);
    }

    [Theory]
    [InlineData("request")]
    [InlineData("g")]
    [InlineData("config")]
    [InlineData("url_for")]
    public void A_global_of_the_core_cannot_be_replaced_in_any_way(string name)
    {
        Action<PluginBuilder>[] ways =
        [
            builder => builder.App.TemplateGlobal(name, _ => 1), builder => builder.App.TemplateGlobal(name, _ => 1), builder => builder.ForBlueprint(new Blueprint("blog")).TemplateGlobal(name, 1),
            builder => builder.App.TemplateFunction(name, (_, _) => null), builder => builder.App.TemplateFunction(name, (_, _) => null),
        ];

        foreach (var way in ways)
            Assert.Equal($"Evil brings the template global \"{name}\", which the core has. Give it another name.", Mistake.OfSetUp(app => app.Use(new Probe("Evil", way))));
    }

    [Fact]
    public void Two_plugins_with_one_filter_clash_whichever_way_they_add_it()
    {
        var blog = new Blueprint("blog");

        Assert.Equal("First and Second claim the template filter \"shout\". Install only one of them.", Mistake.OfSetUp(app => app
            .Use(new Probe("First", builder => builder.App.TemplateFilter("shout", (value, _) => value))).Use(new Probe("Second", builder => builder.App.TemplateFilter("shout", (value, _) => value)))));
        Assert.Equal("First and Second claim the template filter \"shout\". Install only one of them.", Mistake.OfSetUp(app => app
            .Use(new Probe("First", builder => builder.ForBlueprint(blog).TemplateFilter("shout", (value, _) => value))).Use(new Probe("Second", builder => builder.App.TemplateFilter("shout", (value, _) => value)))));
        Assert.Equal("First and Second claim the template global \"now\". Install only one of them.", Mistake.OfSetUp(app => app
            .Use(new Probe("First", builder => builder.App.TemplateGlobal("now", _ => 1))).Use(new Probe("Second", builder => builder.App.TemplateFunction("now", (_, _) => null)))));
    }

    sealed class Month : UrlConverter;

    static void Claim(PluginBuilder builder, string what)
    {
        switch (what)
        {
            case "the slot": builder.AddRequestSlot(Shared, _ => "x"); break;
            case "the application slot": builder.AddAppSlot(Shared, "x"); break;
            case "the converter": builder.Converter("list", _ => new Month()); break;
            case "answers of type": builder.ResponseConverter<StringBuilder>((_, text) => text.ToString()); break;
            case "the template global": builder.App.TemplateGlobal("now", _ => 0); break;
            case "the template filter": builder.App.TemplateFilter("shout", (value, _) => value); break;
        }
    }
}
