using System.Collections;

namespace Modular;

/// <summary>Writes the values that a rule has no place for as <c>?name=value&amp;…</c>. A list repeats its name.</summary>
static class UrlQueryWriter
{
    static readonly SearchValues<char> QuerySafe = Percent.Safe("!$'()*,/:;?@");

    internal static void Append(ref UrlWriter writer, Rule rule, UrlValues values, bool isSorted)
    {
        if (isSorted)
        {
            AppendSorted(ref writer, rule, values);
            return;
        }
        var separator = '?';
        foreach (var (name, value) in values)
        {
            if (value is null || HasPlace(rule, name)) continue;
            if (value is IEnumerable list and not string)
            {
                foreach (var item in list) AppendOne(ref writer, name, item, ref separator);
            }
            else AppendOne(ref writer, name, value, ref separator);
        }
    }

    // By name, and by text within one name.
    static void AppendSorted(ref UrlWriter writer, Rule rule, UrlValues values)
    {
        List<(string Name, string Text)> items = [];
        foreach (var (name, value) in values)
        {
            if (value is null || HasPlace(rule, name)) continue;
            foreach (var item in value is IEnumerable list and not string ? list : new[] { value })
                if (item is not null) items.Add((name, UrlText.Of(item)));
        }
        items.Sort(static (one, other) =>
            string.CompareOrdinal(one.Name, other.Name) is var order and not 0 ? order : string.CompareOrdinal(one.Text, other.Text));
        var separator = '?';
        foreach (var (name, text) in items) AppendOne(ref writer, name, text, ref separator);
    }

    static void AppendOne(ref UrlWriter writer, string name, object? value, ref char separator)
    {
        if (value is null) return;
        writer.Append(separator);
        writer.AppendEncoded(name, QuerySafe, spaceIsPlus: true);
        writer.Append('=');
        UrlText.Append(ref writer, value, QuerySafe, spaceIsPlus: true);
        separator = '&';
    }

    static bool HasPlace(Rule rule, string name)
    {
        foreach (var argument in rule.Arguments)
            if (argument == name) return true;
        return false;
    }
}
