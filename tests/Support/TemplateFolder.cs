namespace Modular.Tests.Support;

/// <summary>A folder of templates that exists as long as its test.</summary>
public sealed class TemplateFolder : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modular-templates-");

    public string Path => _folder.FullName;

    /// <summary>Writes a template below <c>templates/</c>.</summary>
    public TemplateFolder Add(string name, string text, string folder = "templates")
    {
        var path = System.IO.Path.Combine(Path, folder, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public void Remove(string name) => File.Delete(System.IO.Path.Combine(Path, "templates", name));

    public void Dispose() => _folder.Delete(recursive: true);
}
