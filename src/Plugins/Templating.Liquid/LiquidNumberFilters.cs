using System.Globalization;

namespace Modular.Templating.Liquid;

/// <summary>Filters for numbers, as in Shopify's documentation. DotLiquid's filters read texts in the thread's culture.</summary>
static class LiquidNumberFilters
{
    public static object Plus(object? input, object? operand) => LiquidArithmetic.Add(input, operand);

    public static object Minus(object? input, object? operand) => LiquidArithmetic.Subtract(input, operand);

    public static object Times(object? input, object? operand) => LiquidArithmetic.Multiply(input, operand);

    public static object DividedBy(object? input, object? operand) => LiquidArithmetic.Divide(input, operand);

    public static object Modulo(object? input, object? operand) => LiquidArithmetic.Modulo(input, operand);

    public static object Abs(object? input) => LiquidArithmetic.Absolute(input);

    public static object Ceil(object? input) => LiquidArithmetic.Ceiling(input);

    public static object Floor(object? input) => LiquidArithmetic.Floor(input);

    public static object Round(object? input, object? places = null) =>
        LiquidArithmetic.Round(input, places is null ? 0 : (int)Math.Clamp(LiquidArithmetic.Whole(places, "\"round\""), -99, 99));

    public static object AtLeast(object? input, object? atLeast) =>
        Larger(LiquidArithmetic.Number(input), LiquidArithmetic.Number(atLeast), 1);

    public static object AtMost(object? input, object? atMost) =>
        Larger(LiquidArithmetic.Number(input), LiquidArithmetic.Number(atMost), -1);

    /// <summary>Formats money in the given culture. Default: the invariant culture.</summary>
    public static string? Currency(object? input, string? languageTag = null)
    {
        if (input is null) return null;
        var culture = languageTag is null ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(languageTag.Trim());
        return TemplateComparison.IsNumber(input)
            || decimal.TryParse(TemplateData.Text(input), NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? ((IFormattable)LiquidArithmetic.Number(input)).ToString("C", culture) : TemplateData.Text(input);
    }

    static object Larger(object left, object right, int sign) => TemplateComparison.Compare(left, right) * sign < 0 ? right : left;
}
