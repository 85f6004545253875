using System.Collections;
using System.Runtime.CompilerServices;

namespace Modular.Templating.Jinja;

// Equality and order.
static partial class Py
{
    internal static bool AreEqual(object? left, object? right)
    {
        if (ReferenceEquals(left, right)) return left is not double number || !double.IsNaN(number);
        if (left is string a && right is string b) return a == b;
        if (left is int x && right is int y) return x == y;
        if (left is null || right is null) return false;
        if (AsText(left) is { } one && AsText(right) is { } other) return one == other;
        if (Num.IsNumber(left) && Num.IsNumber(right)) return CompareNumbers(left, right) == 0;
        if (left is Undefined first && right is Undefined second)
            return first.Kind == JinjaUndefined.Strict ? throw first.Fail() : first.Kind == second.Kind;
        if (left is Undefined { Kind: JinjaUndefined.Strict } strict) throw strict.Fail();
        if (right is Undefined { Kind: JinjaUndefined.Strict } wrong) throw wrong.Fail();
        return AreContainersEqual(left, right) ?? TemplateComparison.AreEqual(left, right);
    }

    static bool? AreContainersEqual(object left, object right)
    {
        if (Mapping.Of(left) is { } mapping)
        {
            if (Mapping.Of(right) is not { } other || mapping.Count != other.Count) return false;
            CheckStack();
            foreach (var (key, value) in mapping.Pairs)
                if (!other.TryGet(key, out var found) || !AreEqual(value, found)) return false;
            return true;
        }
        var (first, second) = (Sequence(left), Sequence(right));
        if (first is null && second is null) return null;
        if (first is null || second is null || IsTuple(left) != IsTuple(right) || left is PyRange != right is PyRange) return false;
        CheckStack();
        using var items = Raw(left);
        using var others = Raw(right);
        while (items.MoveNext())
            if (!others.MoveNext() || !AreEqual(items.Current, others.Current)) return false;
        return !others.MoveNext();
    }

    /// <summary>Less than zero, zero, or more than zero.</summary>
    /// <exception cref="JinjaError">The values have no order.</exception>
    internal static int Compare(object? left, object? right, string op)
    {
        if (left is int x && right is int y) return x.CompareTo(y);
        if (left is not null && right is not null)
        {
            if (AsText(left) is { } one && AsText(right) is { } other) return CompareText(one, other);
            if (Num.IsNumber(left) && Num.IsNumber(right))
                return CompareNumbers(left, right) ?? (op is "<" or "<=" ? 1 : -1);        // NaN: every comparison is false
            if (Sequence(left) is not null && Sequence(right) is not null && IsTuple(left) == IsTuple(right)
                && left is not PyRange && right is not PyRange)
                return CompareItems(left, right, op);
            if (left is Undefined first) throw first.Fail();
            if (right is Undefined second) throw second.Fail();
            if (Dates.Text(left) is not null && Dates.Text(right) is not null && TemplateComparison.Compare(left, right) is { } order)
                return order;
        }
        else if ((left ?? right) is Undefined undefined) throw undefined.Fail();
        throw new JinjaError($"'{op}' not supported between instances of '{TypeName(left)}' and '{TypeName(right)}'");
    }

    static int CompareItems(object left, object right, string op)
    {
        CheckStack();
        using var items = Raw(left);
        using var others = Raw(right);
        while (true)
        {
            var (hasItem, hasOther) = (items.MoveNext(), others.MoveNext());
            if (!hasItem || !hasOther) return hasItem ? 1 : hasOther ? -1 : 0;
            if (!AreEqual(items.Current, others.Current)) return Compare(items.Current, others.Current, op);
        }
    }

    static int? CompareNumbers(object left, object right)
    {
        if (left is bool one) left = one ? 1 : 0;
        if (right is bool other) right = other ? 1 : 0;
        return TemplateComparison.Compare(left, right);
    }

    // By code points: a surrogate is above all other characters.
    internal static int CompareText(string left, string right)
    {
        var shorter = Math.Min(left.Length, right.Length);
        for (var i = 0; i < shorter; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a == b) continue;
            var (isHigh, isOtherHigh) = (char.IsSurrogate(a), char.IsSurrogate(b));
            return isHigh == isOtherHigh ? a.CompareTo(b) : isHigh ? 1 : -1;
        }
        return left.Length.CompareTo(right.Length);
    }

    /// <summary>The text of a string or of markup. Null for other values.</summary>
    internal static string? AsText(object? value) => value switch
    {
        string text => text,
        Markup markup => markup.ToString(),
        char c => c.ToString(),
        _ => null,
    };

    static object? Sequence(object value) => value is PyTuple or IList or ITuple or PyRange ? value : null;

    static bool IsTuple(object value) => value is PyTuple or ITuple;

    internal static void CheckStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw JinjaError.Limit("The template, or a value of it, is nested too deeply. Remove the recursion.");
    }
}
