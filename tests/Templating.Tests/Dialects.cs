namespace Modular.Templating.Tests;

public sealed class LiquidSyntax : EngineDialect
{
    public override string Name => "liquid";
    public override void Install(ModularApp app) => app.UseLiquid();
    public override string Value(string path) => $"{{{{ {path} }}}}";
    public override string Each(string list, string body) => $"{{% for item in {list} %}}{body}{{% endfor %}}";
    public override string If(string condition, string body) => $"{{% if {condition} %}}{body}{{% endif %}}";
    public override string Filter(string path, string filter) => $"{{{{ {path} | {filter} }}}}";
    public override string Include(string template) => $"{{% include '{template}' %}}";
    public override string IncludeNamed(string variable) => $"{{% include {variable} %}}";
    public override string Comment(string text) => $"{{% comment %}}{text}{{% endcomment %}}";
    public override string Block(string name, string body) => $"{{% block {name} %}}{body}{{% endblock %}}";
    public override (string Text, int Line, int Column) Mistake => ("a\n  {% if x %}\nb", 2, 3);
    public override IReadOnlyDictionary<string, string> Templates { get; } = new Dictionary<string, string> { ["row.html"] = "{{ row }}{{ k }}" };
    public override string Call(string function, string positional, string name, string named) => $"{{{{ {function}({positional}, {name}={named}) }}}}";
    public override string Item => "{{ item }}";
    public override string Extends(string layout, params (string Name, string Body)[] blocks) =>
        $"{{% extends '{layout}' %}}{string.Concat(blocks.Select(block => $"{{% block {block.Name} %}}{block.Body}{{% endblock %}}"))}";

    public override IReadOnlyDictionary<string, string> Positions { get; } = new Dictionary<string, string>
    {
        ["assign"] = "<p>{% assign x = v %}{{ x }}</p>",
        ["assign of a filter"] = "<p>{% assign x = v | append: v %}{{ x }}</p>",
        ["capture"] = "<p>{% capture x %}{{ v }}{% endcapture %}{{ x }}</p>",
        ["capture through a filter"] = "<p>{% capture x %}{{ v }}{% endcapture %}{{ x | append: v | prepend: v | replace: 'zzz', v | strip }}</p>",
        ["capture cut"] = "<p>{% capture x %}{{ v }}{% endcapture %}{{ x | truncate: 5 }}{{ x | slice: 0, 3 }}{{ x | split: 'a' }}</p>",
        ["cycle"] = "<p>{% cycle v, 'b' %}{% cycle v, 'b' %}{% cycle v, 'b' %}</p>",
        ["named cycle"] = "<p>{% cycle v: v, 'b' %}</p>",
        ["ifchanged"] = "<p>{% ifchanged %}{{ v }}{% endifchanged %}</p>",
        ["tablerow"] = "<table><tbody>{% tablerow x in list cols: 1 %}{{ x }}{% endtablerow %}</tbody></table>",
        ["case"] = "<p>{% case v %}{% when v %}{{ v }}{% endcase %}</p>",
        ["unless"] = "<p>{% unless nothing %}{{ v }}{% endunless %}</p>",
        ["include with"] = "<p>{% include 'row.html' with v %}</p>",
        ["include for"] = "<p>{% include 'row.html' for list %}</p>",
        ["include with arguments"] = "<p>{% include 'row.html', row: v %}</p>",
        ["index"] = "<p>{{ list[0] }}{{ dict['k'] }}{{ list.first }}{{ list | last }}</p>",
        ["join"] = "<p>{{ list | join: v }}{{ list | sort | reverse | join: ', ' }}</p>",
        ["map"] = "<p>{{ records | map: 'text' }}{{ records | where: 'text', v | map: 'Text' | first }}</p>",
        ["default"] = "<p>{{ nothing | default: v }}</p>",
        ["chain"] = "<p>{{ v | upcase | downcase | capitalize | append: v | remove: 'zz' | strip_newlines }}</p>",
        ["escapes twice"] = "<p>{{ v | escape }}{{ v | e }}{{ v | h }}{{ v | escape_once }}{{ v | escape | upcase }}</p>",
        ["breaks"] = "<p>{{ v | newline_to_br | striptags }}</p>",
        ["split"] = "<p>{{ v | split: ' ' }}{{ v | split: '' | reverse }}</p>",
        ["dates and numbers"] = "<p>{{ v | date: '%Y' }}{{ v | size }}</p>",
        ["unpaired entity"] = "<p>{{ v | url_encode }}{{ v | url_encode | url_decode }}{{ v | base64_encode | base64_decode }}</p>",
        ["super"] = "{% block a %}<p>{{ v }}</p>{% endblock %}",
    };
}

public sealed class HandlebarsSyntax : EngineDialect
{
    public override string Name => "handlebars";
    public override void Install(ModularApp app) => app.UseHandlebars();
    public override string Value(string path) => $"{{{{{path}}}}}";
    public override string Each(string list, string body) => $"{{{{#each {list}}}}}{body}{{{{/each}}}}";
    public override string If(string condition, string body) => $"{{{{#if {condition}}}}}{body}{{{{/if}}}}";
    public override string Filter(string path, string filter) => $"{{{{{filter} {path}}}}}";
    public override string Include(string template) => $"{{{{> {template}}}}}";
    public override string IncludeNamed(string variable) => $"{{{{> (lookup . '{variable}')}}}}";
    public override string FromLoop(string name) => $"@root.{name}";
    public override string Comment(string text) => $"{{{{!-- {text} --}}}}";
    public override string Block(string name, string body) => $"{{{{#> {name}}}}}{body}{{{{/{name}}}}}";
    public override (string Text, int Line, int Column) Mistake => ("a\n  {{#if x}}\nb", 2, 3);
    public override IReadOnlyDictionary<string, string> Templates { get; } = new Dictionary<string, string> { ["row.html"] = "{{row}}{{k}}", ["frame.html"] = "<em>{{> @partial-block}}</em>" };
    public override string Call(string function, string positional, string name, string named) => $"{{{{{function} {positional} {name}={named}}}}}";
    public override string Item => "{{this}}";
    public override string Extends(string layout, params (string Name, string Body)[] blocks) =>
        $"{{{{#> {layout}}}}}{string.Concat(blocks.Select(block => $"{{{{#*inline \"{block.Name}\"}}}}{block.Body}{{{{/inline}}}}"))}{{{{/{layout}}}}}";

    public override IReadOnlyDictionary<string, string> Positions { get; } = new Dictionary<string, string>
    {
        ["with"] = "<p>{{#with dict}}{{k}}{{/with}}</p>",
        ["section"] = "<p>{{#dict}}{{k}}{{/dict}}</p>",
        ["lookup"] = "<p>{{lookup dict 'k'}}{{lookup list 0}}</p>",
        ["each over a dictionary"] = "<p>{{#each dict}}{{@key}}{{this}}{{/each}}</p>",
        ["each over an object"] = "<p>{{#each record}}{{@key}}{{this}}{{/each}}</p>",
        ["block parameters"] = "<p>{{#each list as |x i|}}{{x}}{{i}}{{/each}}</p>",
        ["inline partial"] = "<p>{{#*inline \"x\"}}{{v}}{{/inline}}{{> x}}</p>",
        ["partial with a context"] = "<p>{{> row.html dict}}</p>",
        ["partial with arguments"] = "<p>{{> row.html row=v}}</p>",
        ["partial alone on an indented line"] = "<p>\n    {{> row.html row=v}}\n</p>",
        ["partial block"] = "<p>\n  {{#> frame.html}}{{v}}{{/frame.html}}\n</p>",
        ["partial block alone on indented lines"] = "<div>\n    {{#> frame.html}}\n    {{v}}\n    {{/frame.html}}\n</div>",
        ["inline partial alone on an indented line"] = "<p>\n{{#*inline \"x\"}}\n{{v}}\n{{/inline}}\n    {{> x}}\n</p>",
        ["missing partial with a default, indented"] = "<p>\n    {{#> nowhere}}\n    {{v}}\n    {{/nowhere}}\n</p>",
        ["subexpression"] = "<p>{{default (default nothing v) 'x'}}{{escape (escape v)}}</p>",
        ["default"] = "<p>{{default nothing v}}{{or nothing v}}{{and v v}}</p>",
        ["parent and root"] = "<p>{{#each list}}{{../v}}{{@root.v}}{{/each}}</p>",
        ["conditions"] = "<p>{{#if (eq v v)}}{{v}}{{else}}-{{/if}}{{#unless nothing}}{{v}}{{/unless}}</p>",
        ["whitespace control"] = "<p> {{~v~}} </p>",
        ["segment literal"] = "<p>{{dict.[k]}}{{list.[0]}}</p>",
    };
}
