namespace Modular.Cli;

/// <summary>The result of a command that was run with <c>app.InvokeAsync(…)</c>.</summary>
/// <param name="ExitCode">0 for success, 1 for a failure, 2 for a usage error.</param>
/// <param name="Output">The standard output.</param>
/// <param name="Error">The standard error.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error);
