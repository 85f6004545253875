using System.Reflection;

namespace Modular.Cli;

/// <summary>The program that the command line belongs to.</summary>
sealed class ProgramInfo(ModularApp app, CliOptions options)
{
    internal ModularApp App => app;

    /// <summary>As a person starts it.</summary>
    internal string Name => options.ProgramName ?? (IsHostedByDotnet ? $"dotnet {Path.GetFileName(Environment.GetCommandLineArgs()[0])}" : Command);

    /// <summary>The file that is started, for completion: shells complete by its name.</summary>
    internal string Command => options.ProgramName ?? Path.GetFileNameWithoutExtension(Environment.GetCommandLineArgs()[0]);

    /// <summary>Its version, and the core's.</summary>
    internal string Version => $"{app.Name} {VersionOf(Assembly.GetEntryAssembly()!)} on Modular.Core {VersionOf(typeof(ModularApp).Assembly)}";

    static bool IsHostedByDotnet => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";

    // Without the commit, which the SDK puts behind a plus.
    static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? $"{assembly.GetName().Version?.ToString(3)}";
}
