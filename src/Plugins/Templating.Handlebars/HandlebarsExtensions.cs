using System.Diagnostics.CodeAnalysis;

namespace Modular.Templating.Handlebars;

/// <summary>The words that this package adds.</summary>
public static class HandlebarsExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Renders templates with Handlebars: those that end in <c>.hbs</c> or <c>.handlebars</c>, and all others unless another engine was installed before.</summary>
        [RequiresUnreferencedCode("Templates read properties by their names."), RequiresDynamicCode("Handlebars.Net compiles templates to code at run time.")]
        public ModularApp UseHandlebars(HandlebarsOptions? options = null) => app.UseTemplating().Use(new HandlebarsPlugin(options ?? new()));
    }
}
