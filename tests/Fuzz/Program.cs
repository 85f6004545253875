using Modular.Fuzz;
using SharpFuzz;

// dotnet run --project tests/Fuzz -- form 20000     mutates the corpus so many times
// dotnet run --project tests/Fuzz -- form < crash   tries one input, and is what afl-fuzz runs: see run.sh
if (args.Length == 0 || !Targets.All.TryGetValue(args[0], out var target))
{
    Console.Error.WriteLine($"Name a target: {string.Join(", ", Targets.All.Keys)}. A number behind it mutates the corpus so many times.");
    return 2;
}

if (args.Length > 1)
{
    Mutation.Run(args[0], int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture), seed: Environment.TickCount);
    return 0;
}

Fuzzer.OutOfProcess.Run(stream =>
{
    using var input = new MemoryStream();
    stream.CopyTo(input);
    target(input.GetBuffer().AsSpan(0, (int)input.Length));
});
return 0;
