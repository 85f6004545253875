using Modular;
using Modular.Testing.Conformance;

namespace Acme.Templating.Fluid.Tests;

/// <summary>How Fluid's language writes what every engine has.</summary>
public sealed class FluidDialect : EngineDialect
{
    public override string Name => "fluid";
    public override void Install(ModularApp app) => app.UseFluid();
    public override string Value(string path) => $"{{{{ {path} }}}}";
    public override string Filter(string path, string filter) => $"{{{{ {path} | {filter} }}}}";
    public override string Call(string function, string positional, string name, string named) => $"{{{{ {function}({positional}, {name}={named}) }}}}";
    public override string If(string condition, string body) => $"{{% if {condition} %}}{body}{{% endif %}}";
    public override string Each(string list, string body) => $"{{% for item in {list} %}}{body}{{% endfor %}}";
    public override string Item => "{{ item }}";
    public override string Comment(string text) => $"{{% comment %}}{text}{{% endcomment %}}";
    public override string Include(string template) => $"{{% include '{template}' %}}";
    public override string IncludeNamed(string variable) => $"{{% include {variable} %}}";
    public override string Block(string name, string body) => $"{{% block {name} %}}{body}{{% endblock %}}";
    public override string Extends(string layout, params (string Name, string Body)[] blocks) =>
        $"{{% extends '{layout}' %}}{string.Concat(blocks.Select(block => Block(block.Name, block.Body)))}";

    public override (string Text, int Line, int Column) Mistake => ("a\n  {% if x %}\nb", 3, 2);

    public override IReadOnlyDictionary<string, string> Templates { get; } = new Dictionary<string, string>
    {
        ["row.html"] = "{{ row }}{{ k }}",
        ["macros.html"] = "{% macro shown(x) %}<i>{{ x }}</i>{% endmacro %}",
    };

    public override IReadOnlyDictionary<string, string> Positions { get; } = new Dictionary<string, string>
    {
        ["assign"] = "<p>{% assign x = v %}{{ x }}</p>",
        ["assign of a filter"] = "<p>{% assign x = v | append: v %}{{ x }}</p>",
        ["capture"] = "<p>{% capture x %}{{ v }}{% endcapture %}{{ x }}</p>",
        ["capture through a filter"] = "<p>{% capture x %}{{ v }}{% endcapture %}{{ x | append: v | prepend: v | replace: 'zzz', v | strip }}</p>",
        ["capture of a capture"] = "<p>{% capture x %}{% capture y %}{{ v }}{% endcapture %}{{ y }}{% endcapture %}{{ x }}</p>",
        ["echo"] = "<p>{% echo v %}</p>",
        ["liquid"] = "<p>{% liquid echo v %}</p>",
        ["cycle"] = "<p>{% cycle v, 'b' %}{% cycle v, 'b' %}</p>",
        ["case"] = "<p>{% case v %}{% when v %}{{ v }}{% endcase %}</p>",
        ["unless"] = "<p>{% unless nothing %}{{ v }}{% endunless %}</p>",
        ["include with"] = "<p>{% include 'row.html' with v %}</p>",
        ["include for"] = "<p>{% include 'row.html' for list %}</p>",
        ["include with arguments"] = "<p>{% include 'row.html', row: v %}</p>",
        ["render"] = "<p>{% render 'row.html', row: v %}{% render 'row.html' with v as row %}{% render 'row.html' for list as row %}</p>",
        ["macro"] = "<p>{% macro shown(x) %}<i>{{ x }}</i>{% endmacro %}{{ shown(v) }}{{ shown(x=v) }}</p>",
        ["imported macro"] = "<p>{% from 'macros.html' import shown %}{{ shown(v) }}</p>",
        ["index"] = "<p>{{ list[0] }}{{ dict['k'] }}{{ list.first }}{{ list | last }}</p>",
        ["join"] = "<p>{{ list | join: v }}{{ list | sort | reverse | join: ', ' }}</p>",
        ["list of a filter"] = "<p>{{ list | reverse }}{{ v | split: ' ' }}{{ list | concat: list }}</p>",
        ["map"] = "<p>{{ records | map: 'text' }}{{ records | map: 'text' | first }}</p>",
        ["default"] = "<p>{{ nothing | default: v }}</p>",
        ["chain"] = "<p>{{ v | upcase | downcase | capitalize | append: v | remove: 'zz' | strip_newlines | truncate: 9 }}</p>",
        ["escapes twice"] = "<p>{{ v | escape }}{{ v | e }}{{ v | escape_once }}{{ v | escape | upcase }}</p>",
        ["breaks"] = "<p>{{ v | newline_to_br | strip_html }}</p>",
        ["JSON of Fluid"] = "<p>{{ v | json | upcase }}</p>",
        ["dates and numbers"] = "<p>{{ v | date: '%Y' }}{{ v | size }}{{ v | plus: 1 }}</p>",
        ["URL"] = "<p>{{ v | url_encode }}{{ v | url_encode | url_decode }}{{ v | base64_encode | base64_decode }}</p>",
    };
}
