namespace Modular.Templating.Tests;

/// <summary>A folder of templates that exists as long as its test.</summary>
sealed class TemplateFolder : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modular-templates-");

    internal string Path => _folder.FullName;

    /// <summary>Writes a template below <c>templates/</c>.</summary>
    internal TemplateFolder Add(string name, string text, string folder = "templates")
    {
        var path = System.IO.Path.Combine(Path, folder, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    internal void Remove(string name) => File.Delete(System.IO.Path.Combine(Path, "templates", name));

    public void Dispose() => _folder.Delete(recursive: true);
}
