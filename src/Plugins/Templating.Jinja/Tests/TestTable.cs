using System.Collections;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Html;

namespace Modular.Templating.Jinja;

/// <summary>Jinja's tests.</summary>
static class TestTable
{
    internal static FrozenDictionary<string, BuiltInFilter> BuiltIn { get; } = FilterTable.Bound(
    [
        ("defined()", (_, value, _) => value is not Undefined),
        ("undefined()", (_, value, _) => value is Undefined),
        ("none()", (_, value, _) => value is null),
        ("boolean()", (_, value, _) => value is bool),
        ("true()", (_, value, _) => value is true),
        ("false()", (_, value, _) => value is false),
        ("integer()", (_, value, _) => value is not bool && Num.IsInt(value)),
        ("float()", (_, value, _) => value is double or float or Half),
        ("number()", (_, value, _) => Num.IsNumber(value)),
        ("string()", (_, value, _) => value is string or Markup),
        ("mapping()", (_, value, _) => Mapping.Is(value)),
        ("sequence()", (_, value, _) =>
            value is string or Markup or PyTuple or PyRange or Undefined { Kind: not JinjaUndefined.Strict } or IList
                or System.Runtime.CompilerServices.ITuple
            || Mapping.Is(value)),
        ("iterable()", (_, value, _) => value is Undefined { Kind: JinjaUndefined.Strict } strict ? throw strict.Fail()
            : Py.IsIterable(value) || value is LoopObject),
        ("callable()", (_, value, _) => value is ICallable or TemplateFunction or Undefined),
        ("escaped()", (_, value, _) => value is IHtmlContent or Module or Undefined { Kind: JinjaUndefined.Chainable }),
        ("sameas(other)", (_, value, a) => IsSame(value, a[0])),
        ("odd()", (state, value, _) => value is int number ? (number & 1) == 1
            : Py.AreEqual(Ops.Binary(BinaryOp.Modulo, value, 2, state), 1)),
        ("even()", (state, value, _) => value is int number ? (number & 1) == 0
            : Py.AreEqual(Ops.Binary(BinaryOp.Modulo, value, 2, state), 0)),
        ("divisibleby(num)", (state, value, a) => Py.AreEqual(Ops.Binary(BinaryOp.Modulo, value, a[0], state), 0)),
        ("lower()", (state, value, _) => IsCased(Py.Str(value, state), isUpper: false)),
        ("upper()", (state, value, _) => IsCased(Py.Str(value, state), isUpper: true)),
        ("in(seq)", (state, value, a) => Py.Contains(a[0], value, state)),
        ("filter()", (state, value, _) => Py.AsText(PyEquality.Hashable(value)) is { } name && state.Engine.FindFilter(name) is not null),
        ("test()", (state, value, _) => Py.AsText(PyEquality.Hashable(value)) is { } name && state.Engine.FindTest(name) is not null),
        ("eq/==/equalto(other)", (state, value, a) => CompareNode.Holds("==", value, a[0], state)),
        ("ne/!=(other)", (state, value, a) => CompareNode.Holds("!=", value, a[0], state)),
        ("lt/</lessthan(other)", (state, value, a) => CompareNode.Holds("<", value, a[0], state)),
        ("le/<=(other)", (state, value, a) => CompareNode.Holds("<=", value, a[0], state)),
        ("gt/>/greaterthan(other)", (state, value, a) => CompareNode.Holds(">", value, a[0], state)),
        ("ge/>=(other)", (state, value, a) => CompareNode.Holds(">=", value, a[0], state)),
    ]).ToFrozenDictionary();

    static bool IsCased(string text, bool isUpper) => text.Any(c => isUpper ? char.IsUpper(c) : char.IsLower(c))
        && !text.Any(c => isUpper ? char.IsLower(c) : char.IsUpper(c));

    // Numbers and texts have no identity here, so that equal ones of a type are the same.
    static bool IsSame(object? value, object? other) => ReferenceEquals(value, other)
        || value is not null && other is not null && value.GetType() == other.GetType() && (value is string || value.GetType().IsValueType)
            && value.Equals(other);
}
