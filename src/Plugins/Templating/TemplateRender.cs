using System.Collections;
using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Modular.Templating;

/// <summary>One page that is being rendered: its values, its output and its limits.</summary>
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

    internal TemplateRender(string template, TemplateValues values, bool escapes, TemplateLimits limits, TimeProvider clock,
        TemplateScope around, int size = 0)
    {
        (Template, Values, Escapes, _limits, _clock, _around) = (template, values, escapes, limits, clock, around);
        _start = clock.GetTimestamp();
        Output = new(this, size, escapes);
    }

    /// <summary>The page's template.</summary>
    public string Template { get; }

    /// <summary>The values that the page can read.</summary>
    public TemplateValues Values { get; }

    /// <summary>The output of the page.</summary>
    public TemplateWriter Output { get; }

    /// <summary>False for plain text, where nothing is escaped, including in included templates.</summary>
    public bool Escapes { get; }

    /// <summary>Cancelled when the client disconnects.</summary>
    public CancellationToken Cancellation => _around.Cancellation;

    /// <summary>
    /// True for a page of <c>RenderTemplateAsync</c> or <c>StreamTemplate</c>, whose engine can await values that are tasks.
    /// </summary>
    public bool IsAsync { get; internal set; }

    /// <summary>The application's clock.</summary>
    public TimeProvider Clock => _clock;

    /// <summary>Empty arguments for this page, for filters without arguments.</summary>
    public TemplateArguments NoArguments => field ??= new TemplateArguments([], [], this);

    /// <summary>A separate writer with the same limits, for captured text. Dispose it.</summary>
    public TemplateWriter Nest() => new(this, 0, Escapes);

    /// <summary>
    /// Counts one iteration of a loop, or one item that a filter or an expression creates or reads. Engines call it, so that no page runs
    /// forever.
    /// </summary>
    /// <exception cref="TemplateLimitException">The page has too many iterations, or takes too long.</exception>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    public void Step()
    {
        if (++_steps > _limits.MaxIterations) throw TooManySteps();
        if (_steps % StepsPerLook == 0) CheckTime();
    }

    /// <summary>Enters the page's template or an included one. <see cref="Leave"/> leaves it.</summary>
    /// <exception cref="TemplateLimitException">Templates are nested too deeply, for example because one includes itself. The template
    /// isn't entered.</exception>
    public void Enter(string template)
    {
        // The page's own template needs no list.
        if (_depth > 0)
        {
            if (_depth >= _limits.MaxDepth) throw new TemplateLimitException(
                $"Template \"{Template}\" nests more than {_limits.MaxDepth} templates, the last ones are {Chain(template)}. " +
                $"Remove the cycle, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxDepth)}.", Template);
            CheckTime();
            (_included ??= []).Add(template);
        }
        _depth++;
    }

    /// <summary>
    /// Leaves a template. Never throws, so that a <c>finally</c> which leaves more templates than were entered doesn't hide an error.
    /// </summary>
    public void Leave()
    {
        if (_depth > 0 && --_depth > 0) _included!.RemoveAt(_depth - 1);
    }

    /// <summary>The template that was entered last and not left.</summary>
    internal string Innermost => _included is [.., var last] ? last : Template;

    /// <summary>Checks the time limit and the connection of the client.</summary>
    /// <inheritdoc cref="Step" path="/exception"/>
    public void CheckTime()
    {
        Cancellation.ThrowIfCancellationRequested();
        if (_limits.MaxTime is { } limit && _clock.GetElapsedTime(_start) > limit) throw new TemplateLimitException(
            string.Create(CultureInfo.InvariantCulture,
                $"Template \"{Template}\" took longer than {limit.TotalSeconds:0.###} seconds. " +
                $"Pass it fewer values, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxTime)}."), Template);
    }

    /// <summary>
    /// Counts characters that are written or that a filter has created. Checks the time limit and the client's connection every 65,536
    /// characters.
    /// </summary>
    /// <exception cref="TemplateLimitException">The page has too many characters, or takes too long.</exception>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    public void Count(int characters)
    {
        if (characters > _limits.MaxOutput - _written) throw TooLong();
        _written += characters;
        if (_written >= _nextLook) LookAgain();
    }

    /// <summary>
    /// Checks that this number of characters fits into the limit, without counting them, and checks the time limit and the client's
    /// connection. Filters call it before they create a long text.
    /// </summary>
    /// <inheritdoc cref="Count" path="/exception"/>
    public void CheckRoom(long characters)
    {
        if (characters > _limits.MaxOutput - _written) throw TooLong();
        CheckTime();
    }

    /// <summary>The items. <see cref="Step"/> counts each item when it is read.</summary>
    public IEnumerable<object?> Counted(IEnumerable items)
    {
        foreach (var item in items)
        {
            Step();
            yield return item;
        }
    }

    /// <summary>
    /// The same as <see cref="TemplateData.TryGetMember(object?, string, out object?)"/>, but counts the items of a sequence that is
    /// enumerated for its <c>size</c> or <c>last</c>.
    /// </summary>
    public bool TryGetMember(object? target, string name, out object? value) => TemplateData.TryGetMember(target, name, this, out value);

    /// <summary>
    /// The text that <see cref="TemplateWriter.WriteValue"/> writes for a value, without escaping. Counts the items of a list and their
    /// characters.
    /// </summary>
    /// <exception cref="ModularException">The value isn't data, such as an exception or a service.</exception>
    public string TextOf(object? value)
    {
        if (value is not IEnumerable || value is string or IHtmlContent || TemplateData.HasOwnMembers(value.GetType()))
            return TemplateData.Text(value);
        using var plain = new TemplateWriter(this, 0, escapes: false);
        plain.WriteValue(value);
        return plain.ToString();
    }

    void LookAgain()
    {
        _nextLook = _written > int.MaxValue - CharactersPerLook ? int.MaxValue : _written + CharactersPerLook;
        CheckTime();
    }

    // A separate method, so that the check for each value is only a comparison.
    TemplateLimitException TooManySteps() => new(
        $"Template \"{Template}\" has run more than {_limits.MaxIterations} loop iterations. " +
        $"Pass it fewer values, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxIterations)}.", Template);

    TemplateLimitException TooLong() => new(
        $"Template \"{Template}\" has written more than {_limits.MaxOutput} characters. " +
        $"Pass it fewer values, or raise {nameof(TemplateLimits)}.{nameof(TemplateLimits.MaxOutput)}.", Template);

    string Chain(string last) =>
        string.Join(" → ", (_included ?? []).Prepend(Template).TakeLast(3).Append(last).Select(name => $"\"{name}\""));
}
