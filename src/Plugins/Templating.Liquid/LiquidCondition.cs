using System.Collections;
using System.Text.Json;

namespace Modular.Templating.Liquid;

/// <summary>
/// The condition of <c>if</c> and <c>unless</c>. It is evaluated from right to left, as in Liquid: <c>a and b or c</c> is <c>a and (b or
/// c)</c>.
/// </summary>
/// <param name="left">The left side.</param>
/// <param name="test">The comparison. Null when only the left side counts.</param>
/// <param name="right">The right side.</param>
sealed class LiquidCondition(LiquidExpression left, LiquidTest? test, LiquidExpression right)
{
    LiquidCondition? _next;
    bool _isAnd;

    /// <summary>Adds what follows <c>and</c> or <c>or</c>.</summary>
    internal void Add(LiquidCondition next, bool isAnd) => (_next, _isAnd) = (next, isAnd);

    internal bool IsTrue(LiquidContext context)
    {
        var result = test is null
            ? LiquidConditions.IsTrue(left.Evaluate(context))
            : test(context, left.Evaluate(context), right.Evaluate(context));
        return _next is null ? result : _isAnd ? result && _next.IsTrue(context) : result || _next.IsTrue(context);
    }
}

/// <summary>Compares two values.</summary>
delegate bool LiquidTest(LiquidContext context, object? left, object? right);

/// <summary>The operators.</summary>
static class LiquidConditions
{
    // DotLiquid adds the operators of the second group.
    static readonly Dictionary<string, LiquidTest> Tests = new()
    {
        ["=="] = AreEqual,
        ["!="] = (context, left, right) => !AreEqual(context, left, right),
        ["<>"] = (context, left, right) => !AreEqual(context, left, right),
        ["<"] = (_, left, right) => Order(left, right, "<") < 0,
        [">"] = (_, left, right) => Order(left, right, ">") > 0,
        ["<="] = (_, left, right) => Order(left, right, "<=") <= 0,
        [">="] = (_, left, right) => Order(left, right, ">=") >= 0,
        ["contains"] = Contains,
        ["startswith"] = (context, left, right) =>
            left is string or Modular.Markup
                ? Text(context, left).StartsWith(Text(context, right), StringComparison.Ordinal)
                : End(context, left, "first", right),
        ["endswith"] = (context, left, right) =>
            left is string or Modular.Markup
                ? Text(context, left).EndsWith(Text(context, right), StringComparison.Ordinal)
                : End(context, left, "last", right),
        ["haskey"] = (context, left, right) => HasKey(left, right),
        ["hasvalue"] = (context, left, right) =>
            left is IDictionary entries && context.Page.Counted(entries.Values).Any(value => AreEqual(context, value, right)),
    };

    /// <summary>Finds an operator by its name: <c>starts_with</c> and <c>startsWith</c> are the same.</summary>
    internal static LiquidTest? Find(string name) =>
        Tests.GetValueOrDefault(name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant());

    /// <summary>Only nil and false are false.</summary>
    internal static bool IsTrue(object? value) => value is not (null or false);

    internal static bool AreEqual(LiquidContext context, object? left, object? right)
    {
        if (left is LiquidSymbol symbol) return symbol.Matches(right);
        if (right is LiquidSymbol other) return other.Matches(left);
        if (left is IList some && right is IList others)
            return some.Count == others.Count
                && context.Page.Counted(some).Zip(others.Cast<object?>()).All(pair => AreEqual(context, pair.First, pair.Second));
        return TemplateComparison.AreEqual(left, right);
    }

    /// <summary>The order of two values. Null when one of them is nil, which makes every comparison false.</summary>
    /// <exception cref="ModularException">The values have no order.</exception>
    internal static int? Order(object? left, object? right, string operation)
    {
        if (left is null or LiquidSymbol || right is null or LiquidSymbol) return null;
        return TemplateComparison.Compare(left, right) ?? (left is double.NaN || right is double.NaN ? null : throw new ModularException(
            $"A {Kind(left)} and a {Kind(right)} can't be compared with \"{operation}\". " +
            $"Convert one of them: {{{{ text | plus: 0 }}}} gives a number, {{{{ number | append: '' }}}} a text."));
    }

    static string Kind(object value) => TemplateComparison.IsNumber(value) ? "number" : value switch
    {
        string or Modular.Markup or char => "text",
        bool => "boolean",
        DateTime or DateTimeOffset or DateOnly => "date",
        IDictionary => "dictionary",
        IEnumerable => "list",
        _ => value.GetType().Name,
    };

    static bool Contains(LiquidContext context, object? left, object? right)
    {
        if (left is null || right is null) return false;
        if (left is string or Modular.Markup) return Text(context, left).Contains(Text(context, right), StringComparison.Ordinal);
        if (left is LiquidNumbers numbers) return numbers.Contains(right);
        if (left is IDictionary or JsonElement) return HasKey(left, right);
        return LiquidItems.Of(left) is { } items && context.Page.Counted(items).Any(item => AreEqual(context, item, right));
    }

    static bool HasKey(object? left, object? key) => key is not null && left switch
    {
        JsonElement { ValueKind: JsonValueKind.Object } json => json.TryGetProperty(TemplateData.Text(key), out _),
        IDictionary entries => entries.Contains(key is Modular.Markup ? key.ToString()! : key),
        IDictionary<string, object?> entries => entries.ContainsKey(TemplateData.Text(key)),
        _ => false,
    };

    static bool End(LiquidContext context, object? list, string end, object? value) =>
        list is IList && context.Page.TryGetMember(list, end, out var item) && AreEqual(context, item, value);

    static string Text(LiquidContext context, object? value) => context.Page.TextOf(value);
}
