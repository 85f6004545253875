namespace Modular.Templating.Liquid;

/// <summary>What Liquid is told.</summary>
public sealed record LiquidOptions
{
    /// <summary>
    /// Static classes whose public methods are filters, as DotLiquid's own: <c>ShopifyFilters</c>, or one of yours. <c>Money(decimal input)</c> is <c>{{ price | money }}</c>.
    /// Those of <c>app.TemplateFilter</c> win over them. What they return as text is escaped.
    /// </summary>
    public IReadOnlyList<Type> Filters { get; init; } = [];
}
