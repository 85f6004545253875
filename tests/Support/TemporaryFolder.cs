namespace Modular.Tests.Support;

/// <summary>A folder with files for one test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modular-");

    public TemporaryFolder(params ReadOnlySpan<(string Name, string Text)> files)
    {
        foreach (var (name, text) in files)
        {
            var file = new FileInfo(System.IO.Path.Combine(Path, name));
            file.Directory!.Create();
            File.WriteAllText(file.FullName, text);
        }
    }

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
