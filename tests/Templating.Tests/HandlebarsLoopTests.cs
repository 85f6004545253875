namespace Modular.Templating.Tests;

/// <summary>The variables of a Handlebars loop, for every kind of sequence.</summary>
public sealed class HandlebarsLoopTests
{
    const string Loop = "{{#each items as |item name|}}{{#if @first}}[{{/if}}{{@index}}:{{@key}}:{{name}}={{item}}/{{this}}{{#if @last}}]{{else}}, {{/if}}{{else}}none{{/each}}";

    public static TheoryData<object, string> Inputs => new()
    {
        { new List<string> { "a", "<" }, "[0:0:0=a/a, 1:1:1=&lt;/&lt;]" },
        { new[] { 7 }, "[0:0:0=7/7]" },
        { new[,] { { 1, 2 }, { 3, 4 } }, "[0:0:0=1/1, 1:1:1=2/2, 2:2:2=3/3, 3:3:3=4/4]" },
        { Enumerable.Range(5, 2).Select(number => number * 2), "[0:0:0=10/10, 1:1:1=12/12]" },
        { new SortedDictionary<string, object?> { ["a"] = 1, ["b"] = "<" }, "[0:a:a=1/1, 1:b:b=&lt;/&lt;]" },
        { new List<KeyValuePair<string, object?>> { new("x", 1), new("y", 2) }, "[0:x:x=1/1, 1:y:y=2/2]" },
        { new { First = 1, Second = 2 }, "[0:First:First=1/1, 1:Second:Second=2/2]" },
        { System.Text.Json.JsonElement.Parse("""{ "a": 1, "b": [2] }"""), "[0:a:a=1/1, 1:b:b=2/2]" },
        { Array.Empty<int>(), "none" },
        { Enumerable.Empty<string>(), "none" },
    };

    [Theory]
    [MemberData(nameof(Inputs), DisableDiscoveryEnumeration = true)]
    public void Each_turn_has_its_index_its_key_and_its_place(object input, string expected)
    {
        var app = new ModularApp(new() { StaticFolder = null });
        app.UseHandlebars();
        using var scope = app.TestRequestContext("/");

        var page = RenderTemplateString(Loop, ("items", input)).ToString();

        Assert.Equal(expected, page);
    }
}
