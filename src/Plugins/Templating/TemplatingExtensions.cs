using System.Runtime.CompilerServices;

namespace Modular.Templating;

/// <summary>The methods that this package adds to an application.</summary>
public static class TemplatingExtensions
{
    extension(ModularApp app)
    {
        /// <summary>
        /// Adds <c>RenderTemplate</c> for views. An engine's method, such as <c>app.UseLiquid()</c>, also calls it, so you only need it to
        /// set options, before or after the engine.
        /// </summary>
        /// <param name="options">Where templates are, and how they are rendered.</param>
        /// <exception cref="ModularException">Options were already set, or the application has already started.</exception>
        public ModularApp UseTemplating(TemplateOptions? options = null)
        {
            if (app.Find(AppTemplates.Slot) is not { } templates) return app.Use(new TemplatingPlugin(options));
            if (options is not null) templates.Configure(options);
            return app;
        }

        /// <summary>
        /// Calls a listener before a page is rendered, with the template's name and its values. Like Flask's signal
        /// <c>before_render_template</c>.
        /// </summary>
        /// <exception cref="ModularException">The listener is <c>async void</c>, or the application has already started.</exception>
        public ModularApp OnBeforeRenderTemplate(Action<string, TemplateValues> listener)
        {
            RefuseAsyncVoid(listener, nameof(OnBeforeRenderTemplate));
            app.UseTemplating().Get(AppTemplates.Slot).OnRendering(listener);
            return app;
        }

        /// <summary>
        /// Calls a listener after a page was rendered, with the template's name and its values. Like Flask's signal
        /// <c>template_rendered</c>.
        /// </summary>
        /// <exception cref="ModularException">The listener is <c>async void</c>, or the application has already started.</exception>
        public ModularApp OnTemplateRendered(Action<string, TemplateValues> listener)
        {
            RefuseAsyncVoid(listener, nameof(OnTemplateRendered));
            app.UseTemplating().Get(AppTemplates.Slot).OnRendered(listener);
            return app;
        }
    }

    static void RefuseAsyncVoid(Delegate listener, string name)
    {
        if (listener.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false)) throw new ModularException(
            $"A listener of {name} is async and returns void, so it can't be awaited. Remove async, or start the work in the view.");
    }
}
