namespace Modular.Templating.Jinja;

/// <summary>The filters for values of any type.</summary>
static class OtherFilters
{
    internal static (string Signature, BuiltIn Code)[] All { get; } =
    [
        ("default/d(default_value='', boolean=False)", (_, value, a) =>
            value is Undefined || Py.Truth(a[1]) && !Py.Truth(value) ? a[0] : value),
        ("attr(name)", (state, value, a) => Attribute(state, value,
            Py.AsText(a[0]) ?? throw new JinjaError($"attribute name must be string, not '{Py.TypeName(a[0])}'"))),
        ("pprint()", (state, value, _) => state.Make(PrettyPrint.Of(value, state))),
    ];

    static object? Attribute(RenderState state, object? value, string name) => value is Undefined undefined ? undefined.Member()
        : Members.TryAttribute(value, name, state, out var found) ? Py.Plain(found) : state.Missing(value, name);
}
