using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Modular.Debugger;

/// <summary>The project of the running program: the files to watch, and how to build it.</summary>
sealed class ReloadProject
{
    static readonly string[] Endings = [".csproj", ".fsproj", ".vbproj"];
    readonly string _output;
    readonly string _configuration;
    Process? _build;

    ReloadProject(string file, string output, string configuration) =>
        (File, Folder, _output, _configuration) = (file, Path.GetDirectoryName(file)!, output, configuration);

    /// <summary>The project file, or the one source file of a program without a project.</summary>
    internal string File { get; }

    /// <summary>The folder of the project file.</summary>
    internal string Folder { get; }

    /// <summary>The folders of this project and its referenced projects. Empty for a single-file program.</summary>
    internal IEnumerable<string> Folders => IsSingleFile ? [] : ReferencedFolders().Prepend(Folder).Distinct();

    /// <summary>True for a single-file program: <c>dotnet run app.cs</c>.</summary>
    internal bool IsSingleFile => !Endings.Contains(Path.GetExtension(File));

    /// <summary>The project of the running program. Null when it isn't on this machine, for example after publishing.</summary>
    internal static ReloadProject? OfThisProgram()
    {
        if (Assembly.GetEntryAssembly() is not { } program) return null;
        var configuration = program.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration is { Length: > 0 } known
            ? known
            : "Debug";
        var output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        if (AppContext.GetData("EntryPointFilePath") is string source && System.IO.File.Exists(source))
            return new(source, output, configuration);
        return FindAbove(output, program.GetName().Name!) is { } file ? new(file, output, configuration) : null;
    }

    /// <summary>The nearest project file above a folder that builds an assembly with this name.</summary>
    internal static string? FindAbove(string folder, string assembly)
    {
        for (var place = Path.GetDirectoryName(folder); place is not null; place = Path.GetDirectoryName(place))
        {
            var found = Directory.EnumerateFiles(place, "*.*proj")
                .FirstOrDefault(file => Endings.Contains(Path.GetExtension(file)) && Makes(file, assembly));
            if (found is not null) return found;
        }
        return null;
    }

    static bool Makes(string project, string assembly)
    {
        if (Path.GetFileNameWithoutExtension(project) == assembly) return true;
        try
        {
            return XDocument.Load(project).Descendants()
                .Any(element => element.Name.LocalName == "AssemblyName" && element.Value.Trim() == assembly);
        }
        catch (XmlException)
        {
            return false;       // not this project, because this one was built
        }
    }

    // NuGet's assets file of the last restore lists all referenced projects, including indirect ones.
    IEnumerable<string> ReferencedFolders()
    {
        var assets = Path.Combine(Folder, "obj", "project.assets.json");
        if (!System.IO.File.Exists(assets)) yield break;
        using var stream = System.IO.File.OpenRead(assets);
        using var document = JsonDocument.Parse(stream);
        foreach (var library in document.RootElement.GetProperty("libraries").EnumerateObject())
            if (library.Value.TryGetProperty("msbuildProject", out var path))
                yield return Path.GetDirectoryName(Path.GetFullPath(path.GetString()!, Folder))!;
    }

    /// <summary>The output copy of a project file such as <c>templates/hello.html</c>. Null for a file that isn't copied.</summary>
    internal string? CopyOf(string file)
    {
        var copy = Path.Combine(_output, Path.GetRelativePath(Folder, file));
        return System.IO.File.Exists(copy) || (IsPage(file) && copy.StartsWith(_output, StringComparison.Ordinal)) ? copy : null;
    }

    /// <summary>True for a file that each request reads again in debug mode. A change needs no restart.</summary>
    internal bool IsPage(string file) =>
        Path.GetRelativePath(Folder, file).Split(Path.DirectorySeparatorChar)[..^1].Any(folder => folder is "static" or "templates");

    /// <summary>Builds the project with the configuration of the running program. Blocks until the build ends or is stopped.</summary>
    /// <param name="restore">False when the references are unchanged, which saves a second.</param>
    /// <returns>The compiler's errors, one per line. Null when the build succeeded.</returns>
    internal string? Build(bool restore)
    {
        // Without node reuse, because build nodes would keep running.
        var start = new ProcessStartInfo(Dotnet)
        {
            RedirectStandardOutput = true, WorkingDirectory = Folder, Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        string[] fixedArguments = ["build", File, "-c", _configuration, "-nologo", "-v", "quiet", "-clp:NoSummary"];
        foreach (var argument in (string[])[.. fixedArguments, .. restore ? (string[])[] : ["--no-restore"]])
            start.ArgumentList.Add(argument);
        using var build = _build = Process.Start(start)!;
        var output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        _build = null;
        if (build.ExitCode == 0) return null;
        var errors = output.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Contains(": error ", StringComparison.Ordinal))
            .Select(Shortened).Distinct().ToArray();
        return errors.Length > 0 ? string.Join('\n', errors) : output.Trim();
    }

    // "Program.cs(3,16): error CS1002: ; expected": without the folder, and without the project at the end.
    string Shortened(string line)
    {
        var end = line.LastIndexOf(" [", StringComparison.Ordinal);
        return (end > 0 && line.EndsWith("proj]", StringComparison.Ordinal) ? line[..end] : line)
            .Replace(Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    internal void StopBuild()
    {
        try
        {
            _build?.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // The process has just ended.
        }
    }

    /// <summary>The <c>dotnet</c> that runs this program, or the one in the PATH.</summary>
    static string Dotnet =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet"
            ? Environment.ProcessPath!
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
