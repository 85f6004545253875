using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Modular.Templating;

/// <summary>One page that is being rendered: its values, its output, its budget.</summary>
public sealed class TemplateRender
{
    const int StepsPerLook = 256;
    const int CharactersPerLook = 64 * 1024;

    readonly TemplateLimits _limits;
    readonly TimeProvider _clock;
    readonly TemplateScope _around;
    readonly long _start;
    List<string>? _included;
    int _depth;
    int _steps;
    int _written;
    int _nextLook = CharactersPerLook;

    internal TemplateRender(string template, TemplateValues values, bool escapes, TemplateLimits limits, TimeProvider clock, TemplateScope around, int size = 0)
    {
        (Template, Values, Escapes, _limits, _clock, _around) = (template, values, escapes, limits, clock, around);
        _start = clock.GetTimestamp();
        Output = new(this, size, escapes);
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

    /// <summary>The application's clock.</summary>
    public TimeProvider Clock => _clock;

    /// <summary>No arguments, on this page. For filters that were written without any.</summary>
    public TemplateArguments NoArguments => field ??= new PageArguments([], [], this);

    /// <summary>A writer beside <see cref="Output"/>, on the same budget, for what is captured. Dispose of it.</summary>
    public TemplateWriter Nest() => new(this, 0, Escapes);

    /// <summary>Counts one turn of a loop, or one item that a filter or an expression makes or reads. Engines call it, so that no page goes on for ever.</summary>
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
            string.Create(CultureInfo.InvariantCulture, $"Template \"{Template}\" took longer than {limit.TotalSeconds:0.###} seconds. Hand it fewer values, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxTime)}."), Template);
    }

    /// <summary>Counts characters that are written, or that a filter has made. Looks at the clock and at the client after every 65,536 of them.</summary>
    /// <exception cref="TemplateLimitException">The page has too many characters, or takes too long.</exception>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public void Count(int characters)
    {
        if (characters > _limits.MaxOutput - _written) throw TooLong();
        _written += characters;
        if (_written >= _nextLook) LookAgain();
    }

    /// <summary>Checks whether so many more characters may be made, without counting them, and looks at the clock and at the client. Filters call it before they make a long text.</summary>
    /// <inheritdoc cref="Count" path="/exception"/>
    public void CheckRoom(long characters)
    {
        if (characters > _limits.MaxOutput - _written) throw TooLong();
        CheckTime();
    }

    /// <summary>The items, each counted by <see cref="Step"/> when it is read.</summary>
    public IEnumerable<object?> Counted(IEnumerable items)
    {
        foreach (var item in items)
        {
            Step();
            yield return item;
        }
    }

    /// <summary>As <see cref="TemplateData.TryGetMember(object?, string, out object?)"/>; a sequence that has to be read for its <c>size</c> or <c>last</c> is counted.</summary>
    [RequiresUnreferencedCode(TemplateData.Reflects), RequiresDynamicCode(TemplateData.Reflects)]
    public bool TryGetMember(object? target, string name, out object? value) => TemplateData.TryGetMember(target, name, this, out value);

    /// <summary>A value as the text that <see cref="TemplateWriter.WriteValue"/> writes, without escaping. The items of a list and their characters are counted.</summary>
    /// <exception cref="ModularException">The value isn't data, such as an exception or a service.</exception>
    public string TextOf(object? value)
    {
        if (value is not IEnumerable || value is string or IHtmlContent || TemplateData.HasOwnMembers(value.GetType())) return TemplateData.Text(value);
        using var plain = new TemplateWriter(this, 0, escapes: false);
        plain.WriteValue(value);
        return plain.ToString();
    }

    void LookAgain()
    {
        _nextLook = _written > int.MaxValue - CharactersPerLook ? int.MaxValue : _written + CharactersPerLook;
        CheckTime();
    }

    // Apart, so that what is asked for each value of a page is a comparison.
    TemplateLimitException TooManySteps() => new(
        $"Template \"{Template}\" has looped more than {_limits.MaxIterations} times. Hand it fewer values, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxIterations)}.", Template);

    TemplateLimitException TooLong() => new(
        $"Template \"{Template}\" has written more than {_limits.MaxOutput} characters. Hand it fewer values, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxOutput)}.", Template);

    string Chain(string last) => string.Join(" → ", (_included ?? []).Prepend(Template).TakeLast(3).Append(last).Select(name => $"\"{name}\""));
}
