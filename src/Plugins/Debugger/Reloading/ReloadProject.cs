using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Modular.Debugger;

/// <summary>The project that the running program was built from: what of it to look at, and how to build it again.</summary>
sealed class ReloadProject
{
    static readonly string[] Endings = [".csproj", ".fsproj", ".vbproj"];
    readonly string _output;
    readonly string _configuration;
    Process? _build;

    ReloadProject(string file, string output, string configuration) => (File, Folder, _output, _configuration) = (file, Path.GetDirectoryName(file)!, output, configuration);

    /// <summary>The project file, or the one source file of a program without a project.</summary>
    internal string File { get; }

    /// <summary>The folder that the project file lies in.</summary>
    internal string Folder { get; }

    /// <summary>The folders of this project and of those that it refers to; of a program in a single file, none.</summary>
    internal IEnumerable<string> Folders => IsSingleFile ? [] : ReferencedFolders().Prepend(Folder).Distinct();

    /// <summary>True for a program that is one file: <c>dotnet run app.cs</c>.</summary>
    internal bool IsSingleFile => !Endings.Contains(Path.GetExtension(File));

    /// <summary>The project of the running program; null when there is none on this machine, as where it was published to.</summary>
    internal static ReloadProject? OfThisProgram()
    {
        if (Assembly.GetEntryAssembly() is not { } program) return null;
        var configuration = program.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration is { Length: > 0 } known ? known : "Debug";
        var output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        if (AppContext.GetData("EntryPointFilePath") is string source && System.IO.File.Exists(source)) return new(source, output, configuration);
        return FindAbove(output, program.GetName().Name!) is { } file ? new(file, output, configuration) : null;
    }

    /// <summary>The nearest project file above a folder that makes the assembly of this name.</summary>
    internal static string? FindAbove(string folder, string assembly)
    {
        for (var place = Path.GetDirectoryName(folder); place is not null; place = Path.GetDirectoryName(place))
        {
            var found = Directory.EnumerateFiles(place, "*.*proj").FirstOrDefault(file => Endings.Contains(Path.GetExtension(file)) && Makes(file, assembly));
            if (found is not null) return found;
        }
        return null;
    }

    static bool Makes(string project, string assembly)
    {
        if (Path.GetFileNameWithoutExtension(project) == assembly) return true;
        try
        {
            return XDocument.Load(project).Descendants().Any(element => element.Name.LocalName == "AssemblyName" && element.Value.Trim() == assembly);
        }
        catch (XmlException)
        {
            return false;       // somebody else's: ours was built
        }
    }

    // NuGet's lock of the last restore names every project that this one is made of, the far ones too.
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

    /// <summary>Where a file of the project, such as <c>templates/hello.html</c>, was copied to when it was built. Null for one that was not, and would not have been.</summary>
    internal string? CopyOf(string file)
    {
        var copy = Path.Combine(_output, Path.GetRelativePath(Folder, file));
        return System.IO.File.Exists(copy) || (IsPage(file) && copy.StartsWith(_output, StringComparison.Ordinal)) ? copy : null;
    }

    /// <summary>True for what is read anew by each request in debug: it needs no restart.</summary>
    internal bool IsPage(string file) =>
        Path.GetRelativePath(Folder, file).Split(Path.DirectorySeparatorChar)[..^1].Any(folder => folder is "static" or "templates");

    /// <summary>Builds as the running program was built. Blocks until it is done or was stopped.</summary>
    /// <param name="restore">False when what the project refers to is as it was, which saves a second.</param>
    /// <returns>What the compiler said, one error a line; null when it built.</returns>
    internal string? Build(bool restore)
    {
        // Nothing may stay behind, and builders that wait for the next build do.
        var start = new ProcessStartInfo(Dotnet) { RedirectStandardOutput = true, WorkingDirectory = Folder, Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" } };
        foreach (var argument in (string[])["build", File, "-c", _configuration, "-nologo", "-v", "quiet", "-clp:NoSummary", .. restore ? (string[])[] : ["--no-restore"]]) start.ArgumentList.Add(argument);
        using var build = _build = Process.Start(start)!;
        var output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        _build = null;
        if (build.ExitCode == 0) return null;
        var errors = output.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Contains(": error ", StringComparison.Ordinal)).Select(Shortened).Distinct().ToArray();
        return errors.Length > 0 ? string.Join('\n', errors) : output.Trim();
    }

    // "Program.cs(3,16): error CS1002: ; expected": without the folder that one is in, and without the project at the end.
    string Shortened(string line)
    {
        var end = line.LastIndexOf(" [", StringComparison.Ordinal);
        return (end > 0 && line.EndsWith("proj]", StringComparison.Ordinal) ? line[..end] : line).Replace(Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    internal void StopBuild()
    {
        try
        {
            _build?.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended in this moment.
        }
    }

    /// <summary>The <c>dotnet</c> that runs this program, or the one in the PATH.</summary>
    static string Dotnet => Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet" ? Environment.ProcessPath! : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
