using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Modular.Uploads;

/// <summary>
/// The files of a form, one or more for each field name. Names are case-sensitive.
/// Enumerating it gives all files, in the order in which they were sent.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "Named after MultiDict.")]
public sealed class FileDict : IReadOnlyCollection<FileStorage>
{
    readonly IReadOnlyList<FileStorage> _files;

    internal FileDict(IReadOnlyList<FileStorage> files) => _files = files;

    /// <summary>The first file of a field.</summary>
    /// <exception cref="MissingKeyException">The form has no file with this name. Unhandled, it becomes a 400 response. Check that the
    /// HTML form has <c>enctype="multipart/form-data"</c>.</exception>
    public FileStorage this[string name] => Find(name) ?? throw new MissingKeyException(name, "Request.Files");

    /// <summary>The number of files.</summary>
    public int Count => _files.Count;

    /// <summary>The distinct names, in the order of their first occurrence.</summary>
    public IEnumerable<string> Keys => _files.Select(file => file.Name).Distinct();

    /// <summary>
    /// True when a file with this name was sent, even if the visitor selected no file (<see cref="FileStorage.IsEmpty"/>).
    /// </summary>
    public bool ContainsKey(string name) => Find(name) is not null;

    /// <summary>The first file of a field, or null.</summary>
    public FileStorage? Find(string name)
    {
        foreach (var file in _files)
            if (file.Name == name) return file;
        return null;
    }

    /// <summary>
    /// All files of a field in the order in which they were sent, as from <c>&lt;input type="file" multiple&gt;</c>. Empty when the field
    /// has none.
    /// </summary>
    public IReadOnlyList<FileStorage> GetAll(string name) => [.. _files.Where(file => file.Name == name)];

    /// <inheritdoc/>
    public IEnumerator<FileStorage> GetEnumerator() => _files.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
