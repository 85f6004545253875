namespace Modular.Debugger;

/// <summary>The options of the debugger.</summary>
public sealed record DebuggerOptions
{
    /// <summary>The path of the console without an exception. Default <c>/console</c>. Null: no such console.</summary>
    public string? ConsolePath { get; init; } = "/console";

    /// <summary>False: errors are shown without a console and a PIN. Default true.</summary>
    public bool Evaluates { get; init; } = true;

    /// <summary>The maximum run time of a console entry, without the time to compile it. Default: 10 seconds; at most 49 days.</summary>
    public TimeSpan TimeLimit
    {
        get;
        init => field = value > TimeSpan.Zero && value <= TimeSpan.FromDays(49) ? value
            : throw new ArgumentOutOfRangeException(nameof(TimeLimit), value, "TimeLimit must be greater than zero, and at most 49 days.");
    } = TimeSpan.FromSeconds(10);

    /// <summary>How long a browser is trusted after it entered the PIN. Default: 8 hours, but at most until the process ends.</summary>
    public TimeSpan PinLifetime
    {
        get;
        init => field = value > TimeSpan.Zero ? value
            : throw new ArgumentOutOfRangeException(nameof(PinLifetime), value, "PinLifetime must be greater than zero.");
    } = TimeSpan.FromHours(8);

    /// <summary>
    /// True: pages in the browser reload when the application restarts or a template or static file changes. A small script is added to
    /// each page. Default false.
    /// </summary>
    public bool ReloadPages { get; init; }

    /// <summary>
    /// Additional names whose values are masked on the page, as case-insensitive parts of a name. Keys, passwords, tokens and similar
    /// values are always masked.
    /// </summary>
    public IReadOnlyList<string> Masked { get; init; } = [];

    /// <summary>The output for the PIN.</summary>
    internal TextWriter? Terminal { get; init; }
}
