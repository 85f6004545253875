namespace Modular;

/// <summary>One page that is being rendered: its values, its output, its budget.</summary>
public sealed class TemplateRender
{
    const int StepsPerLook = 256;

    readonly TemplateLimits _limits;
    readonly TimeProvider _clock;
    readonly long _start;
    readonly List<string> _inside = [];
    int _steps;
    int _written;

    internal TemplateRender(string template, TemplateValues values, bool escapes, TemplateLimits limits, TimeProvider clock, CancellationToken cancellation, int size = 0)
    {
        (Template, Values, Escapes, _limits, _clock, Cancellation) = (template, values, escapes, limits, clock, cancellation);
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
    public CancellationToken Cancellation { get; }

    /// <summary>A writer beside <see cref="Output"/>, on the same budget, for what is captured. Dispose of it.</summary>
    public TemplateWriter Nest() => new(this, 0);

    /// <summary>Counts one turn of a loop. Engines call it, so that no page goes on for ever.</summary>
    /// <exception cref="TemplateLimitException">The page has looped too often, or takes too long.</exception>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public void Step()
    {
        if (++_steps > _limits.MaxIterations) throw new TemplateLimitException(
            $"Template \"{Template}\" has looped more than {_limits.MaxIterations} times. Hand it fewer values, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxIterations)}.", Template);
        if (_steps % StepsPerLook == 0) CheckTime();
    }

    /// <summary>Goes into an included template; <see cref="Leave"/> comes back.</summary>
    /// <exception cref="TemplateLimitException">Templates are too deep inside of each other, as when one includes itself.</exception>
    public void Enter(string template)
    {
        if (_inside.Count >= _limits.MaxDepth) throw new TemplateLimitException(
            $"Template \"{Template}\" has more than {_limits.MaxDepth} templates inside of each other, the last ones {Chain(template)}. Remove the circle, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxDepth)}.", Template);
        _inside.Add(template);
        CheckTime();
    }

    /// <summary>Comes back from an included template.</summary>
    public void Leave() => _inside.RemoveAt(_inside.Count - 1);

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
        if (characters > _limits.MaxOutput - _written) throw new TemplateLimitException(
            $"Template \"{Template}\" has written more than {_limits.MaxOutput} characters. Hand it fewer values, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxOutput)}.", Template);
        _written += characters;
    }

    string Chain(string last) => string.Join(" → ", _inside.TakeLast(3).Append(last).Select(name => $"\"{name}\""));
}
