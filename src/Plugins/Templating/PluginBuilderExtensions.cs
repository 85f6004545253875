using Microsoft.Extensions.DependencyInjection;

namespace Modular.Templating;

/// <summary>The word that this package adds to the host of a plugin that brings an engine.</summary>
public static class PluginBuilderExtensions
{
    extension(PluginBuilder builder)
    {
        /// <summary>Adds a template engine. Its plugin needs <c>Modular.Templating</c>, which its own word installs: <c>app.UseTemplating().Use(new MyEnginePlugin())</c>.</summary>
        /// <param name="name">One word, such as <c>liquid</c>, for <see cref="TemplateOptions.Engine"/>.</param>
        /// <param name="endings">Of files that are always its own, such as <c>.liquid</c>; others go to the first engine or to the configured one.</param>
        /// <param name="make">Makes one for the application; again when templates have changed, in debug. What it keeps must hang on the engine, never on statics.</param>
        public void TemplateEngine(string name, IReadOnlyList<string> endings, Func<TemplateLibrary, ITemplateEngine> make) =>
            builder.Services.AddSingleton(new TemplateEngineEntry(name, endings, make, builder.Manifest.Id));
    }
}
