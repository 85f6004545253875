using System.Diagnostics;

namespace Modular.Reload.Tests;

/// <summary>A user's project in its own folder, built once.</summary>
sealed class Project : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modular-reload-");

    Project()
    {
    }

    // The program's references. Their own dependencies are in the same folder and are copied too.
    static string References { get; } = string.Concat(((string[])["Modular.Core", "Modular.Debugger"]).Select(package => $"<Reference Include=\"{AppContext.BaseDirectory}{package}.dll\" />"))
        + "<Using Include=\"Modular.Debugger\" />";

    /// <param name="program">Its code.</param>
    internal static async Task<Project> MakeAsync(string program)
    {
        var project = new Project();
        var core = Path.Combine(AppContext.BaseDirectory, "Core");
        project.Write("Site.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{core}/Modular.Core.props" />
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                {References}
              </ItemGroup>
              <Import Project="{core}/Modular.Core.targets" />
            </Project>
            """);
        project.Write("Program.cs", program);
        project.Write("static/style.css", "h1 { color: red }");
        var (code, output) = await RunAsync(project.Folder, "dotnet", "build", "-nologo", "-v", "quiet", "-nodeReuse:false");
        return code == 0 ? project : throw new InvalidOperationException(output);
    }

    /// <summary>A program without a project file; it gets the core from a file of properties beside it.</summary>
    internal static Project OfSingleFile(string program)
    {
        var project = new Project();
        project.Write("app.cs", program);
        project.Write("Directory.Build.props", $"""
            <Project>
              <Import Project="{AppContext.BaseDirectory}Core/Modular.Core.props" />
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                {References}
              </ItemGroup>
            </Project>
            """);
        return project;
    }

    internal string Folder => _folder.FullName;

    internal string Program => Path.Combine(Folder, "bin", "Debug", "net10.0", "Site.dll");

    internal void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    internal void Replace(string file, string old, string text)
    {
        var path = Path.Combine(Folder, file);
        var before = File.ReadAllText(path);
        Assert.Contains(old, before, StringComparison.Ordinal);
        File.WriteAllText(path, before.Replace(old, text, StringComparison.Ordinal));
    }

    internal static async Task<(int Code, string Output)> RunAsync(string folder, string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
