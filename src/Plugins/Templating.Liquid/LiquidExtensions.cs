using System.Diagnostics.CodeAnalysis;

namespace Modular.Templating.Liquid;

/// <summary>The words that this package adds.</summary>
public static class LiquidExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Renders templates with Liquid: those that end in <c>.liquid</c>, and all others unless another engine was installed before.</summary>
        [RequiresUnreferencedCode("DotLiquid and templates read properties by their names."), RequiresDynamicCode("DotLiquid calls filters by reflection.")]
        public ModularApp UseLiquid(LiquidOptions? options = null) => app.UseTemplating().Use(new LiquidPlugin(options ?? new()));
    }
}
