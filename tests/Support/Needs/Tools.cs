using System.Collections.Concurrent;
using System.Diagnostics;

namespace Modular.Tests.Support;

/// <summary>Where the tools of this machine are. MODULAR_TEST_WITHOUT=nginx,redis, or =all, makes tools look missing.</summary>
public static class Tools
{
    const string Variable = "MODULAR_TEST_WITHOUT";

    static readonly ConcurrentDictionary<Tool, string?> Found = new();

    static readonly string[] Names = Environment.GetEnvironmentVariable(Variable)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    static readonly HashSet<Tool> Without = [.. Names.SelectMany(Named)];

    /// <summary>What is wrong with MODULAR_TEST_WITHOUT; null when nothing is.</summary>
    // Not an exception, because xunit ignores a test whose attribute throws.
    public static string? Mistake { get; } = Names.FirstOrDefault(name => !Named(name).Any()) is not { } wrong ? null
        : $"{Variable} names the tool \"{wrong}\", which isn't one. Write \"all\", or some of {string.Join(", ", Enum.GetValues<Tool>().Select(TraitOf))}.";

    /// <summary>The tool's program, or the file that it needs; null when it is missing.</summary>
    public static string? Find(Tool tool) => Found.GetOrAdd(tool, static tool => Without.Contains(tool) ? null : Search(tool));

    /// <summary>The tool's program. A test that calls this declares its need.</summary>
    /// <exception cref="InvalidOperationException">The tool is missing.</exception>
    public static string Path(Tool tool) => Find(tool) ?? throw new InvalidOperationException($"{Missing(tool)} Tests that need it have [NeedsFact(Tool.{tool})] or [NeedsTheory(Tool.{tool})].");

    /// <summary>Why a test that needs these is skipped, with what to install; null when all are there.</summary>
    public static string? Missing(params IReadOnlyList<Tool> tools)
    {
        if (Mistake is not null) return Mistake;
        var missing = tools.Where(tool => Find(tool) is null).ToList();
        return missing.Count == 0 ? null : string.Join(' ', missing.Select(tool => $"{Name(tool)} {(tool is Tool.Script ? "is missing or can't make a terminal" : "isn't installed")}. On Debian: {Remedy(tool)}."));
    }

    /// <summary>The tool as its users call it.</summary>
    public static string Name(Tool tool) => tool switch
    {
        Tool.Coreutils => "GNU coreutils",
        Tool.Flask => $"Flask with Werkzeug {PythonModules.Version}",
        Tool.Lighttpd => "lighttpd with mod_openssl",
        Tool.Nu => "The Nu HTML checker",
        Tool.Prlimit or Tool.Script => $"{TraitOf(tool)} of util-linux",
        Tool.Redis => "redis-server",
        Tool.Sdk => "The .NET SDK",
        Tool.Systemd => "systemd-analyze",
        _ => TraitOf(tool),
    };

    /// <summary>Debian's packages.</summary>
    public static IReadOnlyList<string> Packages(Tool tool) => tool switch
    {
        Tool.Flask => ["python3-flask", "python3-werkzeug"],
        Tool.Lighttpd => ["lighttpd", "lighttpd-mod-openssl"],
        Tool.Nginx => ["nginx-light"],
        Tool.Nu => ["default-jre-headless", "npm"],
        Tool.Prlimit => ["util-linux"],
        Tool.Python => ["python3"],
        Tool.Redis => ["redis-server"],
        Tool.Script => ["bsdutils"],
        Tool.Sdk => ["dotnet-sdk-10.0"],
        _ => [TraitOf(tool)],
    };

    /// <summary>The commands that install it on Debian.</summary>
    public static string Remedy(Tool tool) => $"apt-get install {string.Join(' ', Packages(tool))}{Further(tool)}";

    static string Further(Tool tool) => tool switch
    {
        Tool.Nu => " && npm install --global vnu-jar",
        Tool.Script => ", and mount /dev/pts if it isn't there",
        _ => "",
    };

    /// <summary>Forgets what was found, because something was installed.</summary>
    public static void SearchAgain() => Found.Clear();

    /// <summary>The value of the trait <c>needs</c>.</summary>
    public static string TraitOf(Tool tool) => $"{tool}".ToLowerInvariant();

    static string? Search(Tool tool) => tool switch
    {
        Tool.Chromium => OnPath("chromium") ?? OnPath("chromium-browser") ?? OnPath("google-chrome"),
        Tool.Coreutils => OnPath("mkfifo") is not null && OnPath("env") is { } env && Output(env, ["--default-signal=INT", "echo", "yes"]) is "yes\n" ? env : null,
        Tool.Flask => PythonModules.WithFlask(OnPath("python3")),
        Tool.Gunicorn => PythonModules.WithGunicorn(OnPath("python3")),
        Tool.Lighttpd => File.Exists("/usr/lib/lighttpd/mod_openssl.so") ? OnPath("lighttpd") : null,
        Tool.Nu => OnPath("java") is null ? null : NuJar(),
        // Windows has a program of this name that opens the store, and no terminals of Unix.
        Tool.Python => OnPath("python3") is { } python && Output(python, ["-c", "import pty; print(1)"]).Trim() is "1" ? python : null,
        Tool.Redis => OnPath("redis-server"),
        // Others have one with other options, and a container may have no terminals. What runs in the terminal gets its signals back by env.
        Tool.Script => Find(Tool.Coreutils) is not null && OnPath("script") is { } script && Output(script, ["-qec", "echo yes", "/dev/null"]).Trim() is "yes" ? script : null,
        Tool.Sdk => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? OnPath("dotnet"),
        Tool.Systemd => OnPath("systemd-analyze"),
        _ => OnPath(TraitOf(tool)),
    };

    internal static string Output(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.StandardInput.Close();
            _ = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";        // a file with this name that isn't a program
        }
    }

    // Debian's servers are in folders outside an ordinary user's PATH.
    static string? OnPath(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}{System.IO.Path.PathSeparator}/usr/sbin"
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program)).FirstOrDefault(File.Exists);

    // VNU_JAR says where it is, unless npm installed it for all.
    static string? NuJar() => ((string?[])
    [
        Environment.GetEnvironmentVariable("VNU_JAR"), .. ((string[])["/usr/lib", "/usr/local/lib", "/usr/share"]).Select(folder => $"{folder}/node_modules/vnu-jar/build/dist/vnu.jar"),
    ]).FirstOrDefault(File.Exists);

    static IEnumerable<Tool> Named(string name) =>
        name == "all" ? Enum.GetValues<Tool>().Where(tool => tool is not Tool.Sdk)
        : Enum.TryParse<Tool>(name, ignoreCase: true, out var tool) ? [tool] : [];
}
