namespace Modular;

/// <summary>One page that is being rendered: its values, its output, its budget.</summary>
public sealed class TemplateRender
{
    const int StepsPerLook = 256;

    readonly TemplateLimits _limits;
    readonly TimeProvider _clock;
    readonly TemplateSurroundings _around;
    readonly long _start;
    List<string>? _included;
    int _depth;
    int _steps;
    int _written;

    internal TemplateRender(string template, TemplateValues values, bool escapes, TemplateLimits limits, TimeProvider clock, TemplateSurroundings around, int size = 0)
    {
        (Template, Values, Escapes, _limits, _clock, _around) = (template, values, escapes, limits, clock, around);
        _start = clock.GetTimestamp();
        Output = new(this, size);
    }

    /// <summary>The page's template.</summary>
    public string Template { get; }

    /// <summary>What it can name.</summary>
    public TemplateValues Values { get; }

    /// <summary>Where it goes.</summary>
    public TemplateWriter Output { get; }

    /// <summary>False for plain text, where nothing is escaped, be it inside of included templates.</summary>
    public bool Escapes { get; }

    /// <summary>Cancelled when the client went away.</summary>
    public CancellationToken Cancellation => _around.Cancellation;

    /// <summary>A writer beside <see cref="Output"/>, on the same budget, for what is captured. Dispose of it.</summary>
    public TemplateWriter Nest() => new(this, 0);

    /// <summary>Counts one turn of a loop. Engines call it, so that no page goes on for ever.</summary>
    /// <exception cref="TemplateLimitException">The page has looped too often, or takes too long.</exception>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public void Step()
    {
        if (++_steps > _limits.MaxIterations) throw TooManySteps();
        if (_steps % StepsPerLook == 0) CheckTime();
    }

    /// <summary>Goes into the page's own template, or one that is included; <see cref="Leave"/> comes back.</summary>
    /// <exception cref="TemplateLimitException">Templates are too deep inside of each other, as when one includes itself.</exception>
    public void Enter(string template)
    {
        // A page that includes nothing needs no list, and has hardly begun.
        if (_depth++ == 0) return;
        if (_depth > _limits.MaxDepth) throw new TemplateLimitException(
            $"Template \"{Template}\" has more than {_limits.MaxDepth} templates inside of each other, the last ones {Chain(template)}. Remove the circle, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxDepth)}.", Template);
        (_included ??= []).Add(template);
        CheckTime();
    }

    /// <summary>Comes back from a template.</summary>
    public void Leave()
    {
        if (--_depth > 0) _included!.RemoveAt(_depth - 1);
    }

    /// <summary>Looks at the clock and at the client.</summary>
    /// <inheritdoc cref="Step" path="/exception"/>
    public void CheckTime()
    {
        Cancellation.ThrowIfCancellationRequested();
        if (_limits.MaxTime is { } limit && _clock.GetElapsedTime(_start) > limit) throw new TemplateLimitException(
            $"Template \"{Template}\" took longer than {limit.TotalSeconds:0.###} seconds. Hand it fewer values, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxTime)}.", Template);
    }

    /// <summary>Counts characters that are about to be written.</summary>
    internal void Count(int characters)
    {
        if (characters > _limits.MaxOutput - _written) throw TooLong();
        _written += characters;
    }

    // Apart, so that what is asked for each value of a page is a comparison.
    TemplateLimitException TooManySteps() => new(
        $"Template \"{Template}\" has looped more than {_limits.MaxIterations} times. Hand it fewer values, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxIterations)}.", Template);

    TemplateLimitException TooLong() => new(
        $"Template \"{Template}\" has written more than {_limits.MaxOutput} characters. Hand it fewer values, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxOutput)}.", Template);

    string Chain(string last) => string.Join(" → ", (_included ?? []).Prepend(Template).TakeLast(3).Append(last).Select(name => $"\"{name}\""));
}
