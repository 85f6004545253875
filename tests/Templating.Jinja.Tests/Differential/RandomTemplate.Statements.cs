using System.Text.Json.Nodes;

namespace Modular.Templating.Jinja.Tests;

// Statements that need other templates or an extension.
sealed partial class RandomTemplate
{
    static readonly JsonObject Others = new()
    {
        ["inc"] = "[{{ n }}{{ x }}{{ y }}{{ loop.index if loop is defined }}]",
        ["lib"] = "{% macro box(a, b=n) %}<{{ a }}{{ b }}{{ caller() if caller }}>{% endmacro %}{% set shared = html %}",
        ["base"] = "{% block head %}H{{ n }}{% endblock %}|{% block body scoped %}B{% endblock %}|{% block foot %}{{ self.head() }}{% endblock %}",
        ["middle"] = "{% extends 'base' %}{% block body %}M{{ super() }}{% endblock %}",
    };

    string Rich(int depth) => _random.Next(13) switch
    {
        0 => $"{{% include {Pick(["'inc'", "['nowhere', 'inc']", "'nowhere' ignore missing"])} {Pick(depth == 2 ? ["", "without context", "with context"] : ["", "with context"])} %}}",
        1 => $"{{% import 'lib' as lib {Pick(["", "with context"])} %}}{{{{ lib.box({Expression(1)}) }}}}{{{{ lib.shared }}}}",
        2 => $"{{% from 'lib' import box, shared as y {Pick(["", "with context"])} %}}{{% call box({Expression(1)}) %}}{Body(depth)}{{% endcall %}}",
        3 => $"{{% set ns = namespace(a={Expression(1)}) %}}{{% for x in {Pick(["list", "words"])} %}}{{% set ns.a = {Expression(1)} %}}{{% endfor %}}{{{{ ns.a }}}}",
        4 => $"{{% for x in tree recursive %}}{{{{ x.name }}}}{{{{ loop.depth }}}}{Body(depth)}{{{{ loop(x.children) }}}}{{% endfor %}}",
        5 => $"{{% for x in list %}}{{% if {Expression(1)} %}}{{% {Pick(["break", "continue"])} %}}{{% endif %}}{Body(depth)}{{% endfor %}}",
        6 => $"{{% trans %}}a {{{{ n }}}} b{{% endtrans %}}{{% trans k=list|length, z={Expression(1)} %}}{{{{ z }}}}one{{% pluralize %}}{{{{ k }}}}{{% endtrans %}}",
        7 => $"{{% macro rec(x) %}}{{{{ x }}}}{{% if x is number and x > 0 and x < 5 %}}{{{{ rec(x - 1) }}}}{{% endif %}}{{% endmacro %}}{{{{ rec({Expression(1)}) }}}}",
        8 => $"{{% set x, y = {Pick(["(1, 2)", "t", "nested", "words", "[n, f]", "pairs.items()", Expression(1)])} %}}{{{{ x }}}}{{{{ y }}}}",
        9 => $"{{% for x, y in {Pick(["d.items()", "pairs|items", "[(1, 2)]", "d|dictsort", "users|groupby('age')", "nested"])} %}}{{{{ x }}}}:{{{{ y }}}}{Body(depth)}{{% endfor %}}",
        10 => $"{{% do {Expression(2)} %}}{{% set l = [] %}}{{% do l.append({Expression(1)}) %}}{{{{ l }}}}",
        11 => $"{{{{ loop.cycle('a', 'b') if loop is defined }}}}{{{{ cycler({Expression(1)}).next() }}}}{{{{ joiner()() }}}}",
        _ => $"{{% macro m{depth}() %}}{{{{ caller({Expression(1)}) }}}}{Body(depth)}{{% endmacro %}}{{% call(x) m{depth}() %}}{{{{ x }}}}{Body(depth)}{{% endcall %}}",
    };

    // A page that extends another.
    string Page()
    {
        var blocks = string.Concat(new[] { "head", "body", "foot", "own" }.Where(_ => _random.Next(2) == 0)
            .Select(name => $"{{% block {name} {Pick(["", "scoped"])} %}}{Body(1)}{Pick(["", "{{ super() }}", "{{ self.head() }}"])}{{% endblock %}}"));
        return $"{{% extends {Pick(["'base'", "'middle'"])} %}}{Pick(["", "{% set x = 5 %}", "{% macro q() %}Q{% endmacro %}"])}{blocks}";
    }
}
