namespace Modular.Cli;

/// <summary>How a command ended that was run by <c>app.InvokeAsync(…)</c>.</summary>
/// <param name="ExitCode">0 when all went well, 1 for a failure, 2 for a wrong call.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error);
