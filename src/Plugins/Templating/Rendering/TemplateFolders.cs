using System.Text;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Logging;

namespace Modular.Templating;

/// <summary>The places of an application's templates: its folders, its providers, then the folders of its blueprints.</summary>
sealed class TemplateFolders(IReadOnlyList<(string Place, IFileProvider? Provider)> places, ILogger? explain)
{
    /// <summary>Identifies a version of a file.</summary>
    internal readonly record struct Stamp(int Place, DateTimeOffset Modified, long Length);

    /// <summary>The template's text, from the first place that has it.</summary>
    internal (TemplateSource Source, Stamp Stamp)? Load(string name)
    {
        if (Find(name) is not { } found) return null;
        using var reader = new StreamReader(found.File.CreateReadStream(), Encoding.UTF8);
        return (new(name, reader.ReadToEnd(), found.File.PhysicalPath ?? $"{places[found.Place].Place}: {name}"), StampOf(found));
    }

    /// <summary>The stamp of the file that <see cref="Load"/> would find now.</summary>
    internal Stamp? Look(string name) => Find(name) is { } found ? StampOf(found) : null;

    /// <summary>True when the template exists.</summary>
    internal bool Has(string name) => Find(name) is not null;

    /// <summary>The searched places, for error messages.</summary>
    internal IEnumerable<string> Places => places.Select(place => place.Place);

    /// <summary>The names of all templates, each once.</summary>
    internal IEnumerable<string> All() =>
        places.SelectMany(place => place.Provider is { } provider ? Below(provider, "") : FilesBelow(place.Place))
            .Where(TemplateNames.IsSafe).Distinct();

    (int Place, IFileInfo File)? Find(string name)
    {
        if (!TemplateNames.IsSafe(name)) return null;
        for (var i = 0; i < places.Count; i++)
        {
            var file = FileIn(places[i], name);
            var exists = file is { Exists: true, IsDirectory: false };
            if (explain is not null) TemplatingLog.LookedFor(explain, name, places[i].Place, exists ? "found" : "not found");
            if (exists) return (i, file);
        }
        return null;
    }

    static IFileInfo FileIn((string Place, IFileProvider? Provider) place, string name) =>
        place.Provider?.GetFileInfo(name) ?? new PhysicalFileInfo(new FileInfo(Path.Combine(place.Place, name)));

    static Stamp StampOf((int Place, IFileInfo File) found) => new(found.Place, found.File.LastModified, found.File.Length);

    static IEnumerable<string> FilesBelow(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)
        : [];

    static IEnumerable<string> Below(IFileProvider provider, string folder)
    {
        foreach (var file in provider.GetDirectoryContents(folder))
        {
            var name = folder.Length == 0 ? file.Name : $"{folder}/{file.Name}";
            if (!file.IsDirectory) yield return name;
            else
                foreach (var inner in Below(provider, name)) yield return inner;
        }
    }
}
