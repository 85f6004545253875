namespace Modular.Templating;

/// <summary>
/// The values that a page can read: those passed to <c>RenderTemplate</c> first, then those of context processors, then globals.
/// </summary>
/// <remarks>Globals are evaluated on first use. Thread: for one page only.</remarks>
public sealed class TemplateValues
{
    readonly List<(string Name, object? Value)> _values;
    readonly TemplateScope _around;
    readonly int _given;

    /// <param name="values">Names and values. The first value of a name wins.</param>
    /// <param name="around">Gives all other names. It is asked once for each.</param>
    internal TemplateValues(List<(string Name, object? Value)> values, TemplateScope around) =>
        (_values, _around, _given) = (values, around, values.Count);

    /// <summary>The names from the view and the context processors, without globals.</summary>
    public IEnumerable<string> Names => _values.Take(_given).Select(value => value.Name).Distinct();

    /// <summary>
    /// Gets a global or a function of the application by its name, also when the view passes a value with the same name. For imported
    /// templates that don't see the page.
    /// </summary>
    public bool TryGetGlobal(string name, out object? value) => _around.TryGet(name, out value);

    /// <summary>Gets a value by its name, compared ordinally. Returns false when there is none.</summary>
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
