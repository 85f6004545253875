using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Modular.Uploads;

/// <summary>
/// The files of a form, one or more under each field's name. Names are case-sensitive.
/// As a collection it is all files, in the order in which they were sent.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "Named as MultiDict, whose shape it has.")]
public sealed class FileDict : IReadOnlyCollection<FileStorage>
{
    readonly IReadOnlyList<FileStorage> _files;

    internal FileDict(IReadOnlyList<FileStorage> files) => _files = files;

    /// <summary>The first file of a field.</summary>
    /// <exception cref="MissingKeyException">The form has no file of this name; unhandled it is a 400 answer. Look whether the HTML form says <c>enctype="multipart/form-data"</c>.</exception>
    public FileStorage this[string name] => Get(name) ?? throw new MissingKeyException(name, "Request.Files");

    /// <summary>How many files there are.</summary>
    public int Count => _files.Count;

    /// <summary>The different names, in the order in which each came first.</summary>
    public IEnumerable<string> Keys => _files.Select(file => file.Name).Distinct();

    /// <summary>True when a file of this name was sent, also when the visitor chose none (<see cref="FileStorage.IsEmpty"/>).</summary>
    public bool ContainsKey(string name) => Get(name) is not null;

    /// <summary>The first file of a field, or null.</summary>
    public FileStorage? Get(string name)
    {
        foreach (var file in _files)
            if (file.Name == name) return file;
        return null;
    }

    /// <summary>All files of a field in the order in which they were sent, as from <c>&lt;input type="file" multiple&gt;</c>; empty when there is none.</summary>
    public IReadOnlyList<FileStorage> GetAll(string name) => [.. _files.Where(file => file.Name == name)];

    /// <inheritdoc/>
    public IEnumerator<FileStorage> GetEnumerator() => _files.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
