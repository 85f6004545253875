namespace Modular.Templating.Jinja;

/// <summary>One page while it is rendered: its writer, its place in the templates, and its limits.</summary>
sealed class RenderState(JinjaEngine engine, TemplateRender render)
{
    const int Free = 64;
    const int CharactersPerLook = 4096;
    const int MaxCalls = 1000;

    int _calls;
    Dictionary<JinjaTemplate, Module>? _modules;

    internal JinjaEngine Engine => engine;

    internal TemplateRender Render => render;

    internal TemplateWriter Out { get; set; } = render.Output;

    /// <summary>True where values are escaped.</summary>
    internal bool Autoescape { get; set; } = engine.Options.Autoescape ?? render.Escapes;

    /// <summary>The escaping of a template outside of <c>{% autoescape %}</c>.</summary>
    internal bool DefaultAutoescape { get; } = engine.Options.Autoescape ?? render.Escapes;

    /// <summary>The template and the position that are being rendered, for errors.</summary>
    internal JinjaTemplate? Template { get; set; }

    /// <inheritdoc cref="Template"/>
    internal int Position { get; set; }

    internal JinjaUndefined Undefined => engine.Options.Undefined;

    /// <summary>Modules of templates that were imported without the context.</summary>
    internal Dictionary<JinjaTemplate, Module> Modules => _modules ??= [];

    internal Undefined Missing(object? target, object? key) => Jinja.Undefined.OfMember(Undefined, target, key);

    /// <summary>Counts a text that was created, before it is created if it is long.</summary>
    internal void Made(long characters)
    {
        if (characters <= Free) return;
        if (characters > int.MaxValue) render.CheckRoom(characters);
        render.Count((int)Math.Min(characters, int.MaxValue));
    }

    internal string Make(string text)
    {
        Made(text.Length);
        return text;
    }

    /// <summary>Checks the room for a text that grows.</summary>
    internal void Grown(long characters)
    {
        if (characters >= CharactersPerLook) render.CheckRoom(characters);
    }

    internal void EnterCall()
    {
        Py.CheckStack();
        if (++_calls > MaxCalls) throw JinjaError.Limit(
            $"More than {MaxCalls} macros, blocks and loops are nested in each other. Remove the recursion.");
    }

    internal void LeaveCall() => _calls--;

    /// <summary>The text that an action writes.</summary>
    internal string Capture<T>(T argument, Action<T> write)
    {
        using var nested = render.Nest();
        var outer = Out;
        Out = nested;
        write(argument);
        Out = outer;
        return nested.ToString();
    }

    internal object Result(string text) => Autoescape ? new Markup(text) : text;

    internal bool TryMember(object target, string name, out object? value)
    {
        var isFound = render.TryGetMember(target, name, out value);
        value = Awaiting.Result(value, render);
        return isFound;
    }

    /// <summary>The error with its template and place.</summary>
    internal Exception Placed(Exception error)
    {
        if (error is TemplateException or HttpException or OperationCanceledException || Template is not { } template) return error;
        var (line, column) = template.Locate(Position);
        return error switch
        {
            JinjaError { Kind: ErrorKind.Limit } => new TemplateLimitException(error.Message, template.Source.Name),
            JinjaError { Kind: ErrorKind.Undefined } =>
                new JinjaUndefinedException($"{error.Message}.", template.Source, line, column, error),
            JinjaError => new TemplateException(Sentence(error.Message), template.Source, line, column, error),
            InvalidCastException or KeyNotFoundException => new TemplateException(error.Message, template.Source, line, column, error),
            ISourceError { Line: > 0 } => error,
            _ => new TemplateException(error is ISourceError placed ? placed.Problem : error.Message, template.Source, line, column, error),
        };
    }

    static string Sentence(string message) => message.EndsWith('.') ? message : $"{message}.";
}

/// <summary>The variables of one run of a template, a block or a macro.</summary>
sealed class Frame(RenderState state, JinjaContext context, int slots, Frame? outer)
{
    internal readonly object?[] Slots = slots == 0 ? [] : new object?[slots];
    internal readonly RenderState State = state;
    internal readonly JinjaContext Context = context;
    internal readonly Frame? Outer = outer;

    /// <summary>True after <c>extends</c>: nothing outside of blocks is written.</summary>
    internal bool IsMuted;

    internal Frame Up(int hops)
    {
        var frame = this;
        while (hops-- > 0) frame = frame.Outer!;
        return frame;
    }
}
