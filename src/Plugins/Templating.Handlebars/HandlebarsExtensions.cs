using System.Diagnostics.CodeAnalysis;

namespace Modular.Templating.Handlebars;

/// <summary>The methods that this package adds to an application.</summary>
public static class HandlebarsExtensions
{
    extension(ModularApp app)
    {
        /// <summary>
        /// Renders templates with Handlebars: files with the extension <c>.hbs</c> or <c>.handlebars</c>, and all others unless another
        /// engine was installed first.
        /// </summary>
        [RequiresUnreferencedCode("Templates read properties by name."),
            RequiresDynamicCode("Handlebars.Net compiles templates at run time.")]
        public ModularApp UseHandlebars(HandlebarsOptions? options = null) =>
            app.UseTemplating().Use(new HandlebarsPlugin(options ?? new()));
    }
}
