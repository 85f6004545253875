using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Modular.Templating.Jinja.Tests;

/// <summary>A template that is made from a seed.</summary>
sealed partial class RandomTemplate(int seed)
{
    static readonly string[] Names = ["n", "f", "s", "u", "html", "m", "list", "words", "empty", "nested", "d", "users", "t", "yes", "no", "nil", "missing", "x", "y", "big", "one", "pairs", "text", "tags", "tree"];
    static readonly string[] Literals = ["0", "1", "2", "-3", "7", "1.5", "0.25", "'a'", "'Hello'", "'<b>'", "''", "'a b'", "true", "false", "none", "[]", "[1, 2, 3]", "('a', 1)", "{'a': 1, 'b': 2}", "range(3)"];
    static readonly string[] Members = ["name", "age", "a", "b", "items", "0", "1", "address", "upper()", "keys()|list", "strip()", "x"];
    static readonly string[] Filters =
    [
        "upper", "lower", "title", "capitalize", "length", "first", "last", "list", "join('-')", "sort", "reverse|list", "default('d')", "default('d', true)", "string", "int", "float",
        "abs", "round", "round(1)", "e", "safe", "trim", "tojson", "unique|list", "sum", "min", "max", "map('string')|list", "select|list", "reject('none')|list", "batch(2)|list",
        "slice(2)|list", "replace('a', 'b')", "truncate(5, true)", "wordcount", "striptags", "urlencode", "center(7)", "indent(2, true)", "dictsort", "items|list", "xmlattr",
        "filesizeformat", "forceescape", "wordwrap(4)", "pprint", "format(1)", "map(attribute='name')|list", "selectattr('age', 'gt', 26)|list|length", "groupby('age')|list", "attr('upper')", "urlize",
    ];
    static readonly string[] Tests = ["defined", "none", "string", "number", "mapping", "iterable", "sequence", "odd", "even", "divisibleby(2)", "true", "in([1, 2])", "eq(1)", "sameas(none)", "lower", "integer", "float", "boolean", "gt(1)", "undefined", "escaped", "callable"];
    static readonly string[] Operators = ["+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", ">=", "and", "or", "in", "not in"];

    readonly Random _random = new(seed);

    internal JsonObject Case()
    {
        var text = new StringBuilder();
        var parts = _random.Next(1, 5);
        if (_random.Next(8) == 0) text.Append(Page());
        else for (var i = 0; i < parts; i++) text.Append(Statement(2));
        var made = CaseFiles.OfSource(text.ToString(), Pick(["{}", "{\"autoescape\": true}", "{\"trim_blocks\": true, \"lstrip_blocks\": true}", "{\"undefined\": \"ChainableUndefined\"}",
            "{\"undefined\": \"DebugUndefined\"}", "{\"undefined\": \"StrictUndefined\"}", "{\"newline_sequence\": \"\\r\\n\", \"keep_trailing_newline\": true}"]));
        made["options"]!["extensions"] = new JsonArray("do", "loopcontrols", "i18n");
        made["templates"] = Others.DeepClone();
        return made;
    }

    string Pick(string[] all) => all[_random.Next(all.Length)];

    string Statement(int depth)
    {
        var kind = _random.Next(depth == 0 ? 4 : 18);
        return kind switch
        {
            0 => Pick([" ", "\n", "text", "  x\n", "<b>&</b>", "{# note #}", "{#- note -#}\n "]),
            1 or 2 or 3 => $"{{{{{Pick(["", "-"])} {Expression(3)} {Pick(["", "-"])}}}}}",
            4 or 5 => $"{{%{Pick(["", "-", "+"])} if {Expression(2)} %}}{Body(depth)}{{% else {Pick(["", "-"])}%}}{Body(depth)}{{% endif %}}",
            6 or 7 => $"{{% for x in {Pick(["list", "words", "users", "empty", "range(3)", "s", "d", "nested", "[1, 1, 2]", "missing"])} {Pick(["", "", "if loop is not defined", "if x"])}%}}{Body(depth)}{Pick(["{{ loop.index }}", "{{ loop.last }}", "{{ loop.length }}", "", "{{ loop.previtem is defined }}"])}{Pick(["", "{% else %}none"])}{{% endfor %}}",
            8 => $"{{% set {Pick(["x", "y"])} = {Expression(2)} %}}",
            9 => $"{{% set y %}}{Body(depth)}{{% endset %}}{{{{ y }}}}",
            10 => $"{{% with x = {Expression(2)} %}}{Body(depth)}{{% endwith %}}",
            11 => $"{{% macro mac{depth}(x, y={Expression(1)}) %}}{Body(depth)}{Pick(["", "{{ varargs }}", "{{ kwargs }}"])}{{% endmacro %}}{{{{ mac{depth}({Expression(1)}) }}}}",
            12 => $"{{% filter {Pick(["upper", "trim", "replace('a', 'o')", "indent", "lower"])} %}}{Body(depth)}{{% endfilter %}}",
            13 => $"{{% autoescape {Pick(["true", "false"])} %}}{Body(depth)}{{% endautoescape %}}",
            _ => Rich(depth),
        };
    }

    string Body(int depth) => string.Concat(Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Statement(depth - 1)));

    string Expression(int depth)
    {
        if (depth == 0) return _random.Next(2) == 0 ? Pick(Names) : Pick(Literals);
        return _random.Next(13) switch
        {
            0 => Pick(Names),
            1 => Pick(Literals),
            2 or 3 => $"{Expression(depth - 1)} {Pick(Operators)} {Expression(depth - 1)}",
            4 or 5 or 6 => $"({Expression(depth - 1)})|{Pick(Filters)}",
            7 => $"({Expression(depth - 1)}) is {Pick(["", "not "])}{Pick(Tests)}",
            8 => $"{Pick(Names)}.{Pick(Members)}",
            9 => $"{Pick(Names)}[{Pick(["0", "1", "-1", "'a'", "'name'", "1:", ":-1", "::2", "::-1"])}]",
            10 => $"({Expression(depth - 1)} if {Expression(depth - 1)} else {Expression(depth - 1)})",
            11 => $"[{Expression(depth - 1)}, {Expression(depth - 1)}]",
            _ => string.Create(CultureInfo.InvariantCulture, $"not ({Expression(depth - 1)})"),
        };
    }
}
