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

    /// <summary>The listener before and after a page is rendered. Null when there is none.</summary>
    internal Action<string, TemplateValues>? Rendering { get; init; }

    /// <inheritdoc cref="Rendering"/>
    internal Action<string, TemplateValues>? Rendered { get; init; }

    /// <summary>Checks the configured engine, and compiles all templates if <see cref="TemplateOptions.Preload"/> is set.</summary>
    /// <param name="problems">Receives the problems, one for each template.</param>
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

    /// <summary>Renders a page, or plain text if <paramref name="plain"/> is true.</summary>
    internal string Render(RequestContext context, IReadOnlyList<string> names, List<(string, object?)> values, bool plain)
    {
        var (name, found) = Find(names, plain);
        using var render = Start(context, name, values, !plain, size: found.Size);
        Run(found.Template, render.Value);
        found.Size = render.Value.Output.Length;
        return Finish(context, render.Value);
    }

    /// <inheritdoc cref="Render"/>
    internal async ValueTask<string> RenderAsync(RequestContext context, IReadOnlyList<string> names, List<(string, object?)> values,
        bool plain)
    {
        var (name, found) = Find(names, plain);
        using var render = Start(context, name, values, !plain, size: found.Size);
        render.Value.IsAsync = true;
        await RunAsync(found.Template, render.Value);
        return Finish(context, render.Value);
    }

    /// <summary>Renders a page from a template's text.</summary>
    internal string RenderString(RequestContext context, string text, string? engine, List<(string, object?)> values)
    {
        var template = Newest().OfString(text, engine);
        using var render = Start(context, "<string>", values, escapes: true);
        Run(template, render.Value, text);
        return Finish(context, render.Value);
    }

    /// <summary>Renders a page in chunks on another thread. The chunks are buffered until the client reads them.</summary>
    internal IAsyncEnumerable<string> Stream(RequestContext context, IReadOnlyList<string> names, List<(string, object?)> values)
    {
        var (name, found) = Find(names, plain: false);
        return Stream(context, name, found.Template, values, CancellationToken.None);
    }

    async IAsyncEnumerable<string> Stream(RequestContext context, string name, ITemplate template, List<(string, object?)> values,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pieces = Channel.CreateUnbounded<string>(new() { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.RequestAborted);
        using var render = Start(context, name, values, escapes: true, stop.Token);
        render.Value.IsAsync = true;
        render.Value.Output.OnPiece = piece => pieces.Writer.TryWrite(piece);
        var rendering = Task.Run(Produce, CancellationToken.None);
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(CancellationToken.None)) yield return piece;
        }
        finally
        {
            await stop.CancelAsync();
            await rendering;            // wait for the end before the buffer returns to the pool
        }

        async Task Produce()
        {
            try
            {
                await RunAsync(template, render.Value);
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
        {
            if (name is null)
                throw new ModularException("The name of a template is null. Write a name: RenderTemplate(\"hello.html\").");
            if (generation.Find(name) is { } found)
            {
                if (found.Escapes == plain) throw plain
                    ? new ModularException($"Template {Quoted.Text(name)} is HTML but was rendered as plain text. " +
                        "Call RenderTemplate(…), or rename it to \"….txt\".")
                    : new ModularException($"Template {Quoted.Text(name)} is plain text but was rendered as HTML. " +
                        "Call RenderText(…), which returns a string.");
                return (name, found);
            }
        }
        setup.EngineNamed(null);
        throw setup.NotFound(names);
    }

    // With AutoReload, which is the default in debug mode, each page checks the files.
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

    /// <summary>A page being rendered. Dispose returns its buffers to the pool.</summary>
    readonly record struct Started(TemplateRender Value) : IDisposable
    {
        public void Dispose() => Value.Output.Dispose();
    }

    Started Start(RequestContext context, string name, List<(string, object?)> values, bool escapes,
        CancellationToken? cancellationToken = null, int size = 0)
    {
        if (setup.Words.Processors.Count > 0)
            foreach (var scope in Scopes(context))
                foreach (var processor in setup.Words.Processors.GetValueOrDefault(scope) ?? []) values.AddRange(processor(context));
        var around = new Surroundings(setup, context, cancellationToken);
        var page = new TemplateValues(values, around);
        Rendering?.Invoke(name, page);
        return new(new TemplateRender(name, page, escapes, setup.Options.Limits, setup.Clock, around, size));
    }

    // The innermost blueprint's values have priority over the application's.
    static IEnumerable<string> Scopes(RequestContext context)
    {
        if (context.HasRequest)
            foreach (var blueprint in context.Request.Blueprints) yield return blueprint;
        yield return "";
    }

    sealed class Surroundings(TemplateSetup setup, RequestContext context, CancellationToken? cancellationToken) : TemplateScope
    {
        CancellationToken? _cancellationToken = cancellationToken;

        internal override CancellationToken Cancellation => _cancellationToken ??= context.RequestAborted;

        internal override bool TryGet(string name, out object? value)
        {
            value = setup.Words.Globals.TryGetValue(name, out var global) ? global(context)
                : setup.Words.Functions.TryGetValue(name, out var function)
                    ? (TemplateFunction)(arguments => function(context, arguments))
                    : null;
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

    // The included engines complete synchronously. A synchronous caller can't wait for another engine.
    void Run(ITemplate template, TemplateRender render, string? text = null)
    {
        var rendering = RunAsync(template, render, text);
        if (rendering.IsCompletedSuccessfully) return;
        var task = rendering.AsTask();
        if (!task.IsCompleted)
        {
            render.Output.Abandon();
            throw new ModularException(
                $"Template {Quoted.Text(render.Template)} belongs to an engine that renders asynchronously. " +
                "Write await RenderTemplateAsync(…).");
        }
        if (task.Exception?.InnerException is { } error) ExceptionDispatchInfo.Throw(error);
        throw new OperationCanceledException(render.Cancellation);
    }

    async ValueTask RunAsync(ITemplate template, TemplateRender render, string? text = null)
    {
        try
        {
            await template.RenderAsync(render);
        }
        catch (Exception error) when (EngineError.IsForeign(error))
        {
            throw EngineError.Of(error, SourceOf(error, render, text));
        }
    }

    // The text is read again, because it is only needed to show the lines of an error that has a place.
    TemplateSource SourceOf(Exception error, TemplateRender render, string? text)
    {
        var name = error is ISourceError { SourceName.Length: > 0 } placed ? placed.SourceName : render.Innermost;
        return name == render.Template && text is not null ? new(name, text)
            : error is ISourceError && setup.Folders.Load(name) is { } found ? found.Source
            : new(name, "");
    }
}
