using System.Text.Json.Nodes;

namespace Modular.Templating.Jinja.Tests;

/// <summary>Where a page isn't the same as in Jinja2, and why. Each is asserted, so that one that is gone is noticed.</summary>
public sealed class KnownDifferences
{
    /// <summary>The template, the answer of Jinja2, the answer here, and the reason.</summary>
    static readonly (string Source, string Theirs, string Ours, string Reason)[] All =
    [
        ("{% macro m(a, a) %}{% endmacro %}", "error: runtime", "error: syntax in line 1", "Jinja2 leaves it to Python, whose error has no line of the template."),
        ("{{ 5|items }}", "<function>", "error: runtime", "The filter is checked when it is applied, not when its items are read."),
        ("{{ '\\N{HOT SPRINGS}' }}", "♨", "error: syntax in line 1", ".NET has no table of the names of characters."),
        ("{{ list[0:1, 2] }}", "error: runtime", "error: syntax in line 1", "Jinja2 leaves it to Python, whose error has no line of the template."),
        ("{{ (-8) ** 0.5 }}", "(1.7319121124709868e-16+2.8284271247461903j)", "error: runtime", "There are no complex numbers."),
        ("{{ 'a'.encode() }}", "b'a'", "error: undefined", "There are no bytes."),
        ("{{ s.translate({72: 'x'}) }}", "xello World", "error: undefined", "A rare method of Python's texts."),
        ("{{ (1.5).hex() }}", "0x1.8000000000000p+0", "error: undefined", "A rare method of Python's numbers."),
        ("{{ [].__class__.__name__ }}", "error: runtime", "error: undefined", "Values have no hidden members, so that there are none to forbid."),
        ("{% block a required %}{% block b %}{% endblock %}{% endblock %}", "error: runtime", "error: syntax in line 1",
            "Jinja2 stops with an error of its own code."),
    ];

    public static TheoryData<string> Sources => [.. All.Select(difference => difference.Source)];

    internal static bool Contains(string? source) => Array.Exists(All, difference => difference.Source == source);

    [NeedsTheory(Tool.Flask)]
    [MemberData(nameof(Sources))]
    public async Task Each_known_difference_is_there(string source)
    {
        var (_, theirs, ours, reason) = Array.Find(All, difference => difference.Source == source);
        var item = CaseFiles.OfSource(source);

        var answer = JsonNode.Parse((await Comparison.Reference([item])).Single())!;

        Assert.NotEmpty(reason);
        Assert.Equal(theirs, Comparison.Shown(answer));
        Assert.Equal(ours, Comparison.Shown(JsonNode.Parse(Render.TemplateCase.Answer(item.ToJsonString()))!));
    }
}
