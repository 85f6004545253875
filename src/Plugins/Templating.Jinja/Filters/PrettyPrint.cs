using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>Writes nested values over several lines, as Python's <c>pprint</c>.</summary>
static class PrettyPrint
{
    const int Width = 80;

    internal static string Of(object? value, RenderState state)
    {
        var builder = new StringBuilder();
        Write(builder, value, 0, 0, state);
        return builder.ToString();
    }

    static void Write(StringBuilder builder, object? value, int indent, int allowance, RenderState state)
    {
        Py.CheckStack();
        var text = Py.Repr(Sorted(value, state), state);
        if (CodePoints.Count(text) <= Width - indent - allowance)
        {
            builder.Append(text);
            return;
        }
        if (value is ITuple foreign) value = new PyTuple([.. Py.Items(foreign, state)]);
        switch (value)
        {
            case PyTuple tuple when tuple.Count > 0:
                Items(builder, "(", tuple.Items, tuple.Count == 1 ? ",)" : ")", indent, allowance, state);
                return;
            case IList:
                Items(builder, "[", [.. Py.Items(value, state)], "]", indent, allowance, state);
                return;
            case string or Markup when value is string long1 && LongText(builder, long1, indent, allowance):
                return;
        }
        if (value is not (null or string or Markup) && Mapping.Of(value) is { Count: > 0 } mapping)
        {
            var pairs = Ordered(mapping);
            builder.Append('{');
            for (var i = 0; i < pairs.Count; i++)
            {
                if (i > 0) builder.Append(",\n").Append(' ', indent + 1);
                var key = Py.Repr(pairs[i].Key, state);
                builder.Append(key).Append(": ");
                Write(builder, Py.Plain(pairs[i].Value), indent + CodePoints.Count(key) + 3, i == pairs.Count - 1 ? allowance + 1 : 1,
                    state);
            }
            builder.Append('}');
            return;
        }
        builder.Append(text);
    }

    static void Items(StringBuilder builder, string open, object?[] items, string close, int indent, int allowance, RenderState state)
    {
        builder.Append(open);
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) builder.Append(",\n").Append(' ', indent + 1);
            Write(builder, items[i], indent + 1, i == items.Length - 1 ? allowance + close.Length : 1, state);
        }
        builder.Append(close);
    }

    static List<KeyValuePair<object?, object?>> Ordered(Mapping mapping)
    {
        try
        {
            return Sorting.Sort(mapping.Pairs, pair => pair.Key, isReversed: false);
        }
        catch (JinjaError)
        {
            // Keys of different types are in the order of their types and texts.
            return [.. mapping.Pairs.OrderBy(pair => Py.TypeName(pair.Key), StringComparer.Ordinal).ThenBy(pair => Py.Repr(pair.Key),
                StringComparer.Ordinal)];
        }
    }

    static object? Sorted(object? value, RenderState state)
    {
        Py.CheckStack();
        switch (value)
        {
            case null or string or Markup: return value;
            case PyGroup: return value;
            case IList: return new PyList(Py.Items(value, state).Select(item => Sorted(item, state)));
            case PyTuple or ITuple: return new PyTuple([.. Py.Items(value, state).Select(item => Sorted(item, state))]);
        }
        if (value is IAttributes || Mapping.Of(value) is not { } mapping) return value;
        PyDict sorted = new();
        foreach (var (key, item) in Ordered(mapping)) sorted[key] = Sorted(Py.Plain(item), state);
        return sorted;
    }

    // A long text is several texts below each other, split at line ends and before words. Only its last part needs room for what follows.
    static bool LongText(StringBuilder builder, string text, int indent, int allowance)
    {
        var isTop = indent == 0 && allowance == 0;
        if (isTop) (indent, allowance) = (1, 1);
        var width = Width - indent;
        List<string> chunks = [];
        List<string> lines = [.. TextSplitting.Lines(text).Select(line => line.Line + line.End)];
        for (var i = 0; i < lines.Count; i++)
        {
            var isLastLine = i == lines.Count - 1;
            if (Fits(lines[i], isLastLine)) chunks.Add(Py.Repr(lines[i]));
            else Split([.. Words(lines[i])], isLastLine);
        }
        if (chunks.Count == 1) return Add(chunks[0]);
        return Add((isTop ? "(" : "") + string.Join("\n" + new string(' ', indent), chunks) + (isTop ? ")" : ""));

        bool Fits(string part, bool isLast) => CodePoints.Count(Py.Repr(part)) <= width - (isLast ? allowance : 0);

        void Split(List<string> words, bool isLastLine)
        {
            var current = "";
            for (var j = 0; j < words.Count; j++)
            {
                if (Fits(current + words[j], isLastLine && j == words.Count - 1))
                {
                    current += words[j];
                    continue;
                }
                if (current.Length > 0) chunks.Add(Py.Repr(current));
                current = words[j];
            }
            if (current.Length > 0) chunks.Add(Py.Repr(current));
        }

        bool Add(string literal)
        {
            builder.Append(literal);
            return true;
        }
    }

    static IEnumerable<string> Words(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            while (i < text.Length && !CodePoints.IsSpace(text[i])) i++;
            while (i < text.Length && CodePoints.IsSpace(text[i])) i++;
            yield return text[start..i];
        }
    }
}
