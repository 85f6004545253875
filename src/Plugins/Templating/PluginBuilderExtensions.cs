using Microsoft.Extensions.DependencyInjection;

namespace Modular.Templating;

/// <summary>The method that this package adds to the builder of an engine's plugin.</summary>
public static class PluginBuilderExtensions
{
    extension(PluginBuilder builder)
    {
        /// <summary>
        /// Adds a template engine. Its plugin depends on <c>Modular.Templating</c>, so its extension method installs both:
        /// <c>app.UseTemplating().Use(new MyEnginePlugin())</c>.
        /// </summary>
        /// <param name="name">One word, such as <c>liquid</c>, for <see cref="TemplateOptions.Engine"/>.</param>
        /// <param name="endings">The file extensions that always belong to this engine, such as <c>.liquid</c>. Other files use the
        /// configured engine or the first one.</param>
        /// <param name="make">Creates the engine for an application, and again when templates change in debug mode. Keep its state in the
        /// engine, not in static fields.</param>
        public PluginBuilder TemplateEngine(string name, IReadOnlyList<string> endings, Func<TemplateLibrary, ITemplateEngine> make)
        {
            builder.Services.AddSingleton(new TemplateEngineEntry(name, endings, make, builder.Manifest.Id));
            return builder;
        }
    }
}
