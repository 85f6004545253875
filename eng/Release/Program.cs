using System.CommandLine.Help;
using Modular.Eng;

// The programs eng/release, eng/compat and .ci/subset-check. The first argument is the program's name, the second the repository's folder.
var root = args[1];
var command = args[0] switch
{
    "eng/release" => ReleaseCommand.Make(root),
    "eng/compat" => CompatCommand.Make(root),
    ".ci/subset-check" => SubsetCommand.Make(root),
    _ => throw new ArgumentException($"There is no program \"{args[0]}\"."),
};
command.Options.Add(new HelpOption());
var parsed = command.Parse(args[2..]);
try
{
    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
}
catch (ReleaseException error)
{
    Console.Error.WriteLine($"\n{error.Message}");
    return 1;
}
catch (System.ComponentModel.Win32Exception error)
{
    Console.Error.WriteLine($"\nA program can't be started: {error.Message}. Install git and the .NET SDK, and put them on the PATH.");
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("\nStopped.");
    return 130;
}
