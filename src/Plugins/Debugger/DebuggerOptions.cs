namespace Modular.Debugger;

/// <summary>How the debugger behaves where it is on.</summary>
public sealed record DebuggerOptions
{
    /// <summary>Where the console without an exception lies. Default <c>/console</c>; null for none.</summary>
    public string? ConsolePath { get; init; } = "/console";

    /// <summary>False: errors are shown, but there is no console, and no PIN. Default true.</summary>
    public bool Evaluates { get; init; } = true;

    /// <summary>How long an entry of the console may run. Default: 10 seconds.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a browser is trusted after the PIN was given. Default: 8 hours, and never longer than the process lives.</summary>
    public TimeSpan PinLifetime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>True: a page in the browser reloads itself when the application was reloaded or a template or static file changed. It gets a small script for that. Default false.</summary>
    public bool ReloadPages { get; init; }

    /// <summary>Further names whose values are masked on the page, in any case: a part of the name is enough. Keys, passwords, tokens and the like always are.</summary>
    public IReadOnlyList<string> Masked { get; init; } = [];

    /// <summary>Where the PIN is printed.</summary>
    internal TextWriter? Terminal { get; init; }
}
