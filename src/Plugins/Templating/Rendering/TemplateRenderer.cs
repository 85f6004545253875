using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace Modular.Templating;

/// <summary>Renders templates for one application.</summary>
sealed class TemplateRenderer(TemplateSetup setup)
{
    readonly Lock _reloading = new();
    TemplateCache _generation = new(setup);

    internal TemplateSetup Setup => setup;

    /// <summary>Told before a page is rendered, and after; null when nobody listens.</summary>
    internal Action<string, TemplateValues>? Rendering { get; init; }

    /// <inheritdoc cref="Rendering"/>
    internal Action<string, TemplateValues>? Rendered { get; init; }

    /// <summary>Checks the choice of engine, and compiles everything for those who want mistakes at start-up.</summary>
    /// <param name="problems">Takes what is wrong, one template each.</param>
    internal void Check(List<string> problems)
    {
        if (setup.Engines.Count == 0)
        {
            if (setup.Options.Preload || setup.Options.Engine is not null) problems.Add(TemplateSetup.NoEngine);
            return;
        }
        Try(() => setup.EngineNamed(setup.Options.Engine));
        if (!setup.Options.Preload || problems.Count > 0) return;
        foreach (var name in setup.Folders.All()) Try(() => _generation.Find(name));

        void Try(Action check)
        {
            try
            {
                check();
            }
            catch (ModularException problem)
            {
                problems.Add(problem.Message);
            }
        }
    }

    /// <summary>A page, or, where <paramref name="plain"/>, a text.</summary>
    internal string Render(RequestContext context, IReadOnlyList<string> names, List<(string, object?)> values, bool plain)
    {
        var (name, found) = Find(names, plain);
        using var render = Start(context, name, values, !plain, size: found.Size);
        Completed(found.Template.RenderAsync(render.Value), render.Value);
        found.Size = render.Value.Output.Length;
        return Finish(context, render.Value);
    }

    /// <inheritdoc cref="Render"/>
    internal async ValueTask<string> RenderAsync(RequestContext context, IReadOnlyList<string> names, List<(string, object?)> values, bool plain)
    {
        var (name, found) = Find(names, plain);
        using var render = Start(context, name, values, !plain, size: found.Size);
        await found.Template.RenderAsync(render.Value);
        return Finish(context, render.Value);
    }

    /// <summary>A page of a template that is no file.</summary>
    internal string RenderString(RequestContext context, string text, string? engine, List<(string, object?)> values)
    {
        var template = Newest().OfString(text, engine);
        using var render = Start(context, "<string>", values, escapes: true);
        Completed(template.RenderAsync(render.Value), render.Value);
        return Finish(context, render.Value);
    }

    /// <summary>A page in pieces. They are made as fast as the engine can, on another thread, and kept until the client takes them.</summary>
    internal IAsyncEnumerable<string> Stream(RequestContext context, IReadOnlyList<string> names, List<(string, object?)> values)
    {
        var (name, found) = Find(names, plain: false);
        return Stream(context, name, found.Template, values, CancellationToken.None);
    }

    async IAsyncEnumerable<string> Stream(RequestContext context, string name, ITemplate template, List<(string, object?)> values,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pieces = Channel.CreateUnbounded<string>(new() { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, context.RequestAborted);
        using var render = Start(context, name, values, escapes: true, stop.Token);
        render.Value.Output.OnPiece = piece => pieces.Writer.TryWrite(piece);
        var rendering = Task.Run(Produce, CancellationToken.None);
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(CancellationToken.None)) yield return piece;
        }
        finally
        {
            await stop.CancelAsync();
            await rendering;            // it has stopped before its buffer goes back
        }

        async Task Produce()
        {
            try
            {
                await template.RenderAsync(render.Value);
                render.Value.Output.SendPiece();
                Tell(context, render.Value);
                pieces.Writer.Complete();
            }
            catch (Exception error)
            {
                pieces.Writer.Complete(error);
            }
        }
    }

    (string Name, TemplateCache.Entry Found) Find(IReadOnlyList<string> names, bool plain)
    {
        var generation = Newest();
        ArgumentNullException.ThrowIfNull(names, "templates");
        foreach (var name in names)
            if (generation.Find(name ?? throw new ModularException("The name of a template is null. Write it as in RenderTemplate(\"hello.html\").")) is { } found)
            {
                if (found.Escapes == plain) throw plain
                    ? new ModularException($"Template {Quoted.Text(name)} is HTML, and was rendered as plain text. Write RenderTemplate(…), or name it \"….txt\".")
                    : new ModularException($"Template {Quoted.Text(name)} is plain text, and was rendered as HTML. Write RenderText(…), which gives a string.");
                return (name, found);
            }
        setup.EngineNamed(null);
        throw setup.NotFound(names);
    }

    // Files are looked at anew for each page where that was asked for, that is, in debug.
    TemplateCache Newest()
    {
        var known = Volatile.Read(ref _generation);
        if (!(setup.Options.AutoReload ?? setup.IsDebug) || known.IsCurrent()) return known;
        lock (_reloading)
        {
            if (_generation != known) return _generation;
            TemplatingLog.Reloaded(setup.Logger);
            _generation = new(setup);
            return _generation;
        }
    }

    /// <summary>A page being rendered, whose buffers go back at the end.</summary>
    readonly record struct Started(TemplateRender Value) : IDisposable
    {
        public void Dispose() => Value.Output.Dispose();
    }

    Started Start(RequestContext context, string name, List<(string, object?)> values, bool escapes, CancellationToken? cancellation = null, int size = 0)
    {
        if (setup.Processors.Count > 0)
            foreach (var scope in Scopes(context))
                foreach (var processor in setup.Processors.GetValueOrDefault(scope) ?? []) values.AddRange(processor(context));
        var around = new Surroundings(setup, context, cancellation);
        var page = new TemplateValues(values, around);
        Rendering?.Invoke(name, page);
        return new(new TemplateRender(name, page, escapes, setup.Options.Limits, setup.Clock, around, size));
    }

    // The innermost blueprint's values win over those of the application.
    static IEnumerable<string> Scopes(RequestContext context)
    {
        if (context.HasRequest)
            foreach (var blueprint in context.Request.Blueprints) yield return blueprint;
        yield return "";
    }

    sealed class Surroundings(TemplateSetup setup, RequestContext context, CancellationToken? cancellation) : TemplateScope
    {
        CancellationToken? _cancellation = cancellation;

        internal override CancellationToken Cancellation => _cancellation ??= context.RequestAborted;

        internal override bool TryGet(string name, out object? value)
        {
            value = setup.Globals.TryGetValue(name, out var global) ? global(context)
                : setup.Functions.TryGetValue(name, out var function) ? (TemplateFunction)(arguments => function(context, arguments)) : null;
            return global is not null || value is not null;
        }
    }

    string Finish(RequestContext context, TemplateRender render)
    {
        Tell(context, render);
        return render.Output.ToString();
    }

    void Tell(RequestContext context, TemplateRender render)
    {
        Rendered?.Invoke(render.Template, render.Values);
        context.Notify(new RenderedTemplate(render.Template, render.Values));
    }

    // Done when it returns, as the engines of this house are; else there is nothing to wait with.
    static void Completed(ValueTask rendering, TemplateRender render)
    {
        if (rendering.IsCompletedSuccessfully) return;
        var task = rendering.AsTask();
        if (!task.IsCompleted)
        {
            render.Output.Abandon();
            throw new ModularException($"Template {Quoted.Text(render.Template)} belongs to an engine that has to wait while it renders. Write await RenderTemplateAsync(…).");
        }
        if (task.Exception?.InnerException is { } error) ExceptionDispatchInfo.Throw(error);
        throw new OperationCanceledException(render.Cancellation);
    }
}
