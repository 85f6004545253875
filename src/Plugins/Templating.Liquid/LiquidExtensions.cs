using System.Diagnostics.CodeAnalysis;

namespace Modular.Templating.Liquid;

/// <summary>The methods that this package adds to an application.</summary>
public static class LiquidExtensions
{
    extension(ModularApp app)
    {
        /// <summary>
        /// Renders templates with Liquid: files with the extension <c>.liquid</c>, and all others unless another engine was installed
        /// first.
        /// </summary>
        [RequiresUnreferencedCode("DotLiquid and templates read properties by name."),
            RequiresDynamicCode("DotLiquid calls filters by reflection.")]
        public ModularApp UseLiquid(LiquidOptions? options = null) => app.UseTemplating().Use(new LiquidPlugin(options ?? new()));
    }
}
