using System.Diagnostics.CodeAnalysis;

namespace Modular.Templating.Jinja;

/// <summary>Awaits the tasks among the values of a page that is rendered with <c>RenderTemplateAsync</c>.</summary>
static class Awaiting
{
    /// <summary>Awaits the values of the view and of the context processors, before the page is rendered.</summary>
    internal static async ValueTask ValuesAsync(TemplateRender render)
    {
        foreach (var name in render.Values.Names.ToList())
            if (render.Values.TryGet(name, out var value) && value is Task task) await task.WaitAsync(render.Cancellation);
    }

    /// <summary>
    /// The result of a task, and other values as they are. A task of a function or a member is only known while the page is written, so
    /// that the page's thread waits for it.
    /// </summary>
    internal static object? Result(object? value, TemplateRender render)
    {
        if (value is not Task task || !render.IsAsync) return value;
        if (!task.IsCompleted) task.Wait(render.Cancellation);
        return Py.Plain(Read(task));
    }

    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(Task<>))]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The attribute above keeps the property.")]
    static object? Read(Task task)
    {
        task.GetAwaiter().GetResult();          // throws what the task threw
        return task switch
        {
            Task<string?> text => text.Result,
            Task<object?> value => value.Result,
            _ => task.GetType().GetProperty("Result") is { } result && result.PropertyType.Name != "VoidTaskResult"
                ? result.GetValue(task) : null,
        };
    }
}
