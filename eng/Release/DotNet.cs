namespace Modular.Eng;

/// <summary>The SDK with its own package cache, so that a repacked package isn't replaced by an old one of the same version.</summary>
sealed class DotNet(string folder)
{
    internal static string Program { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The folder of unpacked packages and of the SDK's user settings.</summary>
    internal (string, string?)[] Variables { get; } =
    [
        ("NUGET_PACKAGES", Path.Combine(folder, "packages")),
        // For installed tools, which may need an older runtime.
        ("DOTNET_ROOT", Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."))), ("DOTNET_ROLL_FORWARD", "Major"),
        ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        // A build that started this program passes its own settings on.
        ("MSBUILDEXTENSIONSPATH", null), ("MSBUILDSDKSPATH", null), ("MSBuildLoadMicrosoftTargetsReadOnly", null),
    ];

    /// <summary>Runs a command.</summary>
    /// <param name="failure">The first sentence of the error.</param>
    /// <exception cref="ReleaseException">The command failed.</exception>
    internal Task<string> RunAsync(string failure, CancellationToken cancellationToken, params string[] arguments) =>
        RunProgramAsync(Program, failure, cancellationToken, arguments);

    /// <summary>Runs a tool of the SDK.</summary>
    /// <inheritdoc cref="RunAsync"/>
    internal async Task<string> RunProgramAsync(string program, string failure, CancellationToken cancellationToken, params string[] arguments)
    {
        var output = new List<string>();
        if (await Shell.RunAsync(program, arguments, output.Add, cancellationToken, Variables) == 0) return string.Join('\n', output);
        var errors = output.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct().Take(20).ToList();
        throw new ReleaseException($"{failure} Correct what it reported, and try again.\n{string.Join('\n', errors.Count > 0 ? errors : output)}");
    }

    /// <summary>The package sources, in addition to the user's.</summary>
    internal static async Task WriteSourcesAsync(string file, IEnumerable<string> sources, CancellationToken cancellationToken)
    {
        var lines = sources.Select((source, i) => $"    <add key=\"modular-{i}\" value=\"{System.Security.SecurityElement.Escape(source)}\" />");
        await File.WriteAllTextAsync(file, $"<configuration>\n  <packageSources>\n{string.Join('\n', lines)}\n  </packageSources>\n</configuration>\n", cancellationToken);
    }
}
