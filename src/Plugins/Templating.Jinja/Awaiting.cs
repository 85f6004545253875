using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

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
    /// The result of a task that is complete, and other values as they are. A task of a function or a member that isn't complete stays a
    /// task, which a page can't write.
    /// </summary>
    internal static object? Result(object? value, TemplateRender render)
    {
        if (value is not Task { IsCompleted: true } task || !render.IsAsync) return value;
        if (task.Exception?.InnerException is { } error) ExceptionDispatchInfo.Throw(error);
        if (task.IsCanceled) throw new OperationCanceledException(render.Cancellation);
        return Py.Plain(Read(task));
    }

    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(Task<>))]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The attribute above keeps the property.")]
    static object? Read(Task task) =>
        task.GetType().GetProperty("Result") is { } result && result.PropertyType.Name != "VoidTaskResult" ? result.GetValue(task) : null;
}
