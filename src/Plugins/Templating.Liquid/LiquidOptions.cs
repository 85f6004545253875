namespace Modular.Templating.Liquid;

/// <summary>The options of Liquid.</summary>
public sealed record LiquidOptions
{
    /// <summary>
    /// Static classes whose public methods are filters: DotLiquid's <c>ShopifyFilters</c>, or your own. <c>Money(decimal input)</c> is
    /// <c>{{ price | money }}</c>.
    /// Filters from <c>app.TemplateFilter</c> have priority. Text that a filter returns is escaped.
    /// </summary>
    public IReadOnlyList<Type> Filters { get; init; } = [];
}
