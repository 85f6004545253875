namespace Modular.Templating;

/// <summary>What a page can name: the values handed to <c>RenderTemplate</c>, before those of context processors, before globals.</summary>
/// <remarks>Globals are evaluated when they are first read. Belongs to one page.</remarks>
public sealed class TemplateValues
{
    readonly List<(string Name, object? Value)> _values;
    readonly TemplateScope _around;
    readonly int _given;

    /// <param name="values">Names and values; of two with one name the first counts.</param>
    /// <param name="around">Asked for each other name, once.</param>
    internal TemplateValues(List<(string Name, object? Value)> values, TemplateScope around) => (_values, _around, _given) = (values, around, values.Count);

    /// <summary>The names that the view and the context processors gave; globals are not among them.</summary>
    public IEnumerable<string> Names => _values.Take(_given).Select(value => value.Name).Distinct();

    /// <summary>The value of a name, compared ordinally. False when nothing has it.</summary>
    public bool TryGet(string name, out object? value)
    {
        foreach (var known in _values)
            if (known.Name == name)
            {
                value = known.Value;
                return true;
            }
        if (!_around.TryGet(name, out value)) return false;
        _values.Add((name, value));
        return true;
    }
}
