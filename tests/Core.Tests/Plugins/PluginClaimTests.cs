using System.Text;

namespace Modular.Tests;

public class PluginClaimTests
{
    static readonly Slot<string> Shared = new("shared");

    [Theory]
    [InlineData("AddRequestSlot", "shared (string)")]
    [InlineData("AddAppSlot", "shared (string)")]
    [InlineData("Converter", "list")]
    [InlineData("ResponseConverter", "StringBuilder")]
    public void Two_plugins_with_the_same_claim_are_refused(string what, string name)
    {
        var message = Mistake.OfSetUp(app => app.Use(new Probe("First", builder => Claim(builder, what))).Use(new Probe("Second", builder => Claim(builder, what))));

        Assert.Equal($"First and Second call {what} for \"{name}\". Install only one of them.", message);
    }

    [Fact]
    public void All_plugins_with_the_same_claim_are_named()
    {
        var message = Mistake.OfSetUp(app =>
        {
            foreach (var id in new[] { "First", "Second", "Third" }) app.Use(new Probe(id, builder => Claim(builder, "Converter")));
        });

        Assert.Equal("First, Second and Third call Converter for \"list\". Install only one of them.", message);
    }

    [Fact]
    public void A_slot_that_one_plugin_opens_early_and_another_late_is_claimed_twice()
    {
        var message = Mistake.OfSetUp(app => app
            .Use(new Probe("Early", builder => builder.AddRequestSlot(Shared, _ => new ValueTask<string?>("early"), _ => "late")))
            .Use(new Probe("Late", builder => builder.AddRequestSlot(Shared, _ => "late"))));

        Assert.Equal("Early and Late call AddRequestSlot for \"shared (string)\". Install only one of them.", message);
    }

    [Fact]
    public void A_plugin_with_a_duplicate_claim_is_reported()
    {
        var message = Mistake.OfSetUp(app => app.Use(new Probe("First", builder =>
        {
            Claim(builder, "Converter");
            Claim(builder, "Converter");
        })));

        Assert.Equal("First calls Converter for \"list\" twice. Declare it once in Install.", message);
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
    public void A_converter_that_already_exists_is_refused(string name)
    {
        var message = Mistake.OfSetUp(app =>
        {
            app.Converter("month", _ => new Month());
            app.Use(new Probe("Calendar", builder => builder.Converter(name, _ => new Month())));
        });

        Assert.Equal($"Calendar brings the converter \"{name}\", but the core or the application already has one with this name. Rename one of them.", message);
    }

    [Fact]
    public void Types_that_the_core_converts_cannot_be_claimed()
    {
        var message = Mistake.OfSetUp(app => app.Use(new Probe("Shouting", builder => builder.ResponseConverter<string>((_, text) => text.ToUpperInvariant()))));

        Assert.Equal(
            "Shouting makes responses of type \"string\", which the core already converts. Return the plugin's own type from the views instead.", message);
    }

    sealed class Month : UrlConverter;

    static void Claim(PluginBuilder builder, string what)
    {
        switch (what)
        {
            case "AddRequestSlot": builder.AddRequestSlot(Shared, _ => "x"); break;
            case "AddAppSlot": builder.AddAppSlot(Shared, "x"); break;
            case "Converter": builder.Converter("list", _ => new Month()); break;
            case "ResponseConverter": builder.ResponseConverter<StringBuilder>((_, text) => text.ToString()); break;
        }
    }
}
