namespace Modular.Templating.Jinja;

/// <summary>The filters for values of any type.</summary>
static class OtherFilters
{
    internal static (string Signature, BuiltIn Code)[] All { get; } =
    [
        ("default/d(default_value='', boolean=False)", (_, value, a) =>
            value is Undefined || Py.Truth(a[1]) && !Py.Truth(value) ? a[0] : value),
        ("attr(name)", (state, value, a) => value is Undefined undefined ? undefined.Member()
            : Members.TryAttribute(value, Py.Str(a[0], state), state, out var found) ? Py.Plain(found) : state.Missing(value, Py.Str(a[0], state))),
        ("pprint()", (state, value, _) => state.Make(PrettyPrint.Of(value, state))),
    ];
}
