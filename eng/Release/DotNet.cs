namespace Modular.Eng;

/// <summary>The SDK, with a package cache of its own: a package that was packed again must not be an old one of the same version.</summary>
sealed class DotNet(string folder)
{
    internal static string Program { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Where packages are unpacked, and where the SDK keeps what belongs to a user.</summary>
    internal (string, string?)[] Variables { get; } =
    [
        ("NUGET_PACKAGES", Path.Combine(folder, "packages")),
        ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        // A build that started this program hands its own settings down.
        ("MSBUILDEXTENSIONSPATH", null), ("MSBUILDSDKSPATH", null), ("MSBuildLoadMicrosoftTargetsReadOnly", null),
    ];

    /// <summary>Runs a command.</summary>
    /// <param name="failure">The first sentence of the error.</param>
    /// <exception cref="ReleaseException">When it failed.</exception>
    internal async Task<string> RunAsync(string failure, CancellationToken cancellationToken, params string[] arguments)
    {
        var output = new List<string>();
        if (await Shell.RunAsync(Program, arguments, output.Add, cancellationToken, Variables) == 0) return string.Join('\n', output);
        var errors = output.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct().Take(20).ToList();
        throw new ReleaseException($"{failure} Correct what it reported, and try again.\n{string.Join('\n', errors.Count > 0 ? errors : output)}");
    }

    /// <summary>The folders and addresses where packages are found, beside the ones that the user has set.</summary>
    internal static async Task WriteSourcesAsync(string file, IEnumerable<string> sources, CancellationToken cancellationToken)
    {
        var lines = sources.Select((source, i) => $"    <add key=\"modular-{i}\" value=\"{System.Security.SecurityElement.Escape(source)}\" />");
        await File.WriteAllTextAsync(file, $"<configuration>\n  <packageSources>\n{string.Join('\n', lines)}\n  </packageSources>\n</configuration>\n", cancellationToken);
    }
}
