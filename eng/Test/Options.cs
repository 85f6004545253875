namespace Modular.Eng;

/// <summary>The options of <c>./test</c>.</summary>
sealed record Options
{
    internal const string Help = """
        Installs the tools that the tests need if possible, builds, and runs all tests.

        usage: ./test [options]        (Windows: ./test.ps1)

          --unit                only tests that start no program, don't search for long and don't compile the docs;
                                about two minutes on two cores
          --project NAME        only this project, such as Core or Core.Tests; may be repeated
          --filter EXPRESSION   only these tests, written as for dotnet test: FullyQualifiedName~Routing, needs=redis
          --configuration NAME  Debug, which is the default, or Release
          --jobs NUMBER         test projects that run at the same time; the default is one for each core
          --no-install          install nothing
          --no-build            run the existing build
          --no-skips            a skipped test counts as a failure; CI uses it
          --help                this text

        Environment: MODULAR_TEST_WITHOUT=nginx,redis (or all) runs as on a machine without these tools,
        MODULAR_TEST_CULTURE=comma in a culture that writes 1,5.
        Results are in artifacts/tests. The exit code is 0 when all tests passed.
        """;

    internal bool Unit { get; private init; }

    internal IReadOnlyList<string> Projects { get; private init; } = [];

    internal string? Filter { get; private init; }

    internal string Configuration { get; private init; } = "Debug";

    internal int Jobs { get; private init; } = Environment.ProcessorCount;

    internal bool Install { get; private init; } = true;

    internal bool Build { get; private init; } = true;

    internal bool Skips { get; private init; } = true;

    internal bool ShowHelp { get; private init; }

    /// <exception cref="UsageException">An option is unknown, or its value is missing or invalid.</exception>
    internal static Options Parse(IReadOnlyList<string> args)
    {
        var (options, rest) = (new Options(), new Queue<string>(args));
        while (rest.TryDequeue(out var arg))
        {
            var name = arg.Split('=', 2)[0];
            string Value() => arg.Contains('=', StringComparison.Ordinal) ? arg[(name.Length + 1)..]
                : rest.TryDequeue(out var next) ? next : throw new UsageException($"Option \"{name}\" has no value. Write it after the option; ./test --help shows how.");
            options = name switch
            {
                "--unit" => options with { Unit = true },
                "--project" => options with { Projects = [.. options.Projects, Value()] },
                "--filter" => options with { Filter = Value() },
                "--configuration" or "-c" => options with { Configuration = OneOf(Value()) },
                "--jobs" => options with { Jobs = Number(Value()) },
                "--no-install" => options with { Install = false },
                "--no-build" => options with { Build = false },
                "--no-skips" => options with { Skips = false },
                "--help" or "-h" or "-?" => options with { ShowHelp = true },
                _ => throw new UsageException($"There is no option \"{arg}\". ./test --help lists the options."),
            };
        }
        return options;
    }

    static string OneOf(string text) => text is "Debug" or "Release" ? text
        : throw new UsageException($"Option \"--configuration\" has the value \"{text}\". Write Debug or Release.");

    static int Number(string text) => int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0
        ? number : throw new UsageException($"Option \"--jobs\" has the value \"{text}\", which isn't a number from 1. Write --jobs 2.");
}

sealed class UsageException(string message) : Exception(message);
