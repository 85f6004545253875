using System.Runtime.CompilerServices;

namespace Modular.Templating;

/// <summary>The words that this package adds to an application.</summary>
public static class TemplatingExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Gives views <c>RenderTemplate</c>. The word of an engine, such as <c>app.UseLiquid()</c>, calls it too, so only options need it, before or after the engine.</summary>
        /// <param name="options">Where templates lie, and how they are rendered.</param>
        /// <exception cref="ModularException">Options were given already, or the application answers already.</exception>
        public ModularApp UseTemplating(TemplateOptions? options = null)
        {
            if (app.TryGet(AppTemplates.Slot) is not { } templates) return app.Use(new TemplatingPlugin(options));
            if (options is not null) templates.Configure(options);
            return app;
        }

        /// <summary>Runs before a page is rendered. Gets the template's name and its values. As Flask's signal <c>before_render_template</c>.</summary>
        /// <exception cref="ModularException">It is <c>async void</c>, or the application answers already.</exception>
        public ModularApp OnBeforeRenderTemplate(Action<string, TemplateValues> listener)
        {
            RefuseAsyncVoid(listener, nameof(OnBeforeRenderTemplate));
            app.UseTemplating().Get(AppTemplates.Slot).OnRendering(listener);
            return app;
        }

        /// <summary>Runs when a page was rendered. Gets the template's name and its values. As Flask's signal <c>template_rendered</c>.</summary>
        /// <exception cref="ModularException">It is <c>async void</c>, or the application answers already.</exception>
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
            $"A listener of {name} is async and returns void, so nobody can wait for it. Take out the async, or start the work in the view.");
    }
}
