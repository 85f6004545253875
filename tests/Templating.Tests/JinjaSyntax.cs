using System.Collections;
using System.Globalization;
using System.Net;

namespace Modular.Templating.Tests;

public sealed class JinjaSyntax : EngineDialect
{
    public override string Name => "jinja";
    public override void Install(ModularApp app) => app.UseJinja();
    public override string Value(string path) => path.EndsWith(".size", StringComparison.Ordinal) ? $"{{{{ {path[..^5]}|length }}}}" : $"{{{{ {path} }}}}";
    public override string Each(string list, string body) => $"{{% for item in {list} %}}{body}{{% endfor %}}";
    public override string If(string condition, string body) => $"{{% if {condition} %}}{body}{{% endif %}}";
    public override string Filter(string path, string filter) => $"{{{{ {path}|{filter} }}}}";
    public override string Include(string template) => $"{{% include '{template}' %}}";
    public override string IncludeNamed(string variable) => $"{{% include {variable} %}}";
    public override string Comment(string text) => $"{{# {text} #}}";
    public override string Block(string name, string body) => $"{{% block {name} %}}{body}{{% endblock %}}";
    public override (string Text, int Line, int Column) Mistake => ("a\n  {% if x %}\nb", 2, 3);
    public override bool RefusesMembersOfNothing => true;
    public override IReadOnlyDictionary<string, string> Templates { get; } = new Dictionary<string, string>
    {
        ["row.html"] = "{{ v }}{{ row }}", ["macros.html"] = "{% macro field(x) %}<i>{{ x }}</i>{% endmacro %}",
    };

    public override string Call(string function, string positional, string name, string named) => $"{{{{ {function}({positional}, {name}={named}) }}}}";
    public override string Item => "{{ item }}";
    public override string Extends(string layout, params (string Name, string Body)[] blocks) =>
        $"{{% extends '{layout}' %}}{string.Concat(blocks.Select(block => $"{{% block {block.Name} %}}{block.Body}{{% endblock %}}"))}";

    // As Python writes it.
    public override string Written(object? value, string html) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        string or char or Markup => html,
        System.Runtime.CompilerServices.ITuple or IEnumerable => WebUtility.HtmlEncode(Literal(value)).Replace("&quot;", "&#34;", StringComparison.Ordinal),
        _ => html,
    };

    static string Literal(object? value) => value switch
    {
        null => "None",
        string or char => $"'{value}'",
        Markup => $"Markup('{value}')",
        IDictionary entries => $"{{{string.Join(", ", entries.Keys.Cast<object>().Select(key => $"{Literal(key)}: {Literal(entries[key])}"))}}}",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Literal))}]",
        System.Runtime.CompilerServices.ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Literal(tuple[i])))})",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    public override IReadOnlyDictionary<string, string> Positions { get; } = new Dictionary<string, string>
    {
        ["set"] = "<p>{% set x = v %}{{ x }}</p>",
        ["block set"] = "<p>{% set x %}{{ v }}{% endset %}{{ x }}{{ x|upper }}{{ x ~ v }}{{ v ~ x }}{{ x + v }}{{ v + x }}</p>",
        ["block set through a filter"] = "<p>{% set x | striptags %}{{ v }}{% endset %}{{ x }}{% set y | trim %}{{ v }}{% endset %}{{ y }}</p>",
        ["macro"] = "<p>{% macro m(x) %}{{ x }}{% endmacro %}{{ m(v) }}{{ m(m(v)) }}{{ m(v) ~ v }}</p>",
        ["call"] = "<p>{% macro m(x) %}{{ x }}{{ caller(v) }}{% endmacro %}{% call(y) m(v) %}{{ y }}{{ v }}{% endcall %}</p>",
        ["filter block"] = "<p>{% filter upper %}{{ v }}{% endfilter %}{% filter striptags %}{{ v }}{% endfilter %}{% filter trim %}{{ v }}{% endfilter %}</p>",
        ["imported macro"] = "<p>{% import 'macros.html' as m %}{{ m.field(v) }}{% from 'macros.html' import field %}{{ field(v) }}</p>",
        ["include with context"] = "<p>{% with row = v %}{% include 'row.html' %}{% endwith %}</p>",
        ["operators"] = "<p>{{ v ~ v }}{{ v + v }}{{ v * 2 }}{{ '%s' % v }}{{ ('<b>%s</b>'|safe) % v }}{{ '{}'.format(v) }}{{ ('<b>{}</b>'|safe).format(v) }}</p>",
        ["conditions"] = "<p>{{ v if v else '-' }}{{ v or '-' }}{{ nothing or v }}{{ v and v }}</p>",
        ["items"] = "<p>{{ list[0] }}{{ dict['k'] }}{{ list|first }}{{ list|last }}{{ (v, v) }}{{ {v: v} }}{{ [v] }}{{ list[0:1] }}{{ v[0:] }}{{ v[::-1] }}</p>",
        ["join"] = "<p>{{ list|join(v) }}{{ list|join('<br>'|safe) }}{{ [v, '<br>'|safe]|join }}{{ v.join(list) }}</p>",
        ["text filters"] = "<p>{{ v|upper }}{{ v|lower }}{{ v|title }}{{ v|capitalize }}{{ v|trim }}{{ v|center(99) }}{{ v|indent }}{{ v|truncate(9) }}{{ v|wordwrap(5) }}{{ v|string }}{{ v|reverse }}</p>",
        ["replace"] = "<p>{{ v|replace('zzz', v) }}{{ 'zzz'|replace('zzz', v) }}{{ ('<b>zzz</b>'|safe)|replace('zzz', v) }}{{ v|replace('zzz', '<b>'|safe) }}{{ ('<b>zzz</b>'|safe).replace('zzz', v) }}</p>",
        ["list filters"] = "<p>{{ list|sort|list }}{{ list|unique|list }}{{ list|map('upper')|join }}{{ list|batch(1)|list }}{{ list|groupby(0)|list }}{{ dict|dictsort }}{{ dict|items|list }}{{ list|select|list }}{{ list|max }}{{ list|pprint }}</p>",
        ["attributes"] = "<p{{ {'title': v}|xmlattr }}>{{ records|map(attribute='text')|join }}{{ records|selectattr('text')|map(attribute='text')|first }}{{ record|attr('text') }}</p>",
        ["default"] = "<p>{{ nowhere|default(v) }}{{ ''|default(v, true) }}</p>",
        ["escapes twice"] = "<p>{{ v|escape }}{{ v|e|e }}{{ v|forceescape }}{{ v|escape|upper }}{{ (v|escape) ~ v }}</p>",
        ["format"] = "<p>{{ '%s'|format(v) }}{{ ('<b>%s</b>'|safe)|format(v) }}</p>",
        ["namespace"] = "<p>{% set ns = namespace(x=v) %}{{ ns.x }}{{ ns }}</p>",
        ["cycle"] = "<p>{% for x in list %}{{ loop.cycle(v, 'b') }}{{ loop.previtem }}{{ loop.nextitem }}{% endfor %}{{ cycler(v).next() }}</p>",
        ["recursive loop"] = "<p>{% for x in nested recursive %}{% if x is string %}{{ x }}{% else %}{{ loop(x) }}{% endif %}{% endfor %}</p>",
        ["markup methods"] = "<p>{{ ('<b>'|safe).join(list) }}{{ (v|e).split('a') }}{{ (v|e).strip() }}{{ (v|e).unescape() }}{{ (v|e).striptags() }}</p>",
        ["URL"] = "<p>{{ v|urlencode }}{{ {v: v}|urlencode }}</p>",
    };
}
