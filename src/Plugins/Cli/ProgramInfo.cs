using System.Reflection;

namespace Modular.Cli;

/// <summary>The name and version of the program.</summary>
sealed class ProgramInfo(ModularApp app, CliOptions options)
{
    internal ModularApp App => app;

    /// <summary>The name in help and messages.</summary>
    internal string Name =>
        options.ProgramName ?? (IsHostedByDotnet ? $"dotnet {Path.GetFileName(Environment.GetCommandLineArgs()[0])}" : Command);

    /// <summary>The name of the executable, which shells use for completion.</summary>
    internal string Command => options.ProgramName ?? Path.GetFileNameWithoutExtension(Environment.GetCommandLineArgs()[0]);

    /// <summary>The version of the program and of the core.</summary>
    internal string Version =>
        $"{app.Name} {VersionOf(Assembly.GetEntryAssembly()!)} on Modular.Core {VersionOf(typeof(ModularApp).Assembly)}";

    static bool IsHostedByDotnet => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";

    // Without the commit, which the SDK appends after a plus.
    static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? $"{assembly.GetName().Version?.ToString(3)}";
}
