using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Modular.Templating;

/// <summary>The methods that this package adds to the builder of a plugin.</summary>
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
            builder.Services.AddSingleton(new TemplateEngineEntry(name, endings, make, builder));
            return builder;
        }

        /// <summary>
        /// Adds the templates of a plugin, such as embedded files. The application's folders and providers are searched first.
        /// </summary>
        /// <param name="files">The files, whose paths are the names of the templates.</param>
        public PluginBuilder Templates(IFileProvider files)
        {
            ArgumentNullException.ThrowIfNull(files);
            builder.Services.AddSingleton(new TemplateFiles(files, builder.Manifest.Id));
            return builder;
        }
    }
}
