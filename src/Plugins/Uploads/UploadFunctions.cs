namespace Modular.Uploads;

/// <summary>The bare verb of this package: <c>SecureFilename(file.FileName)</c>.</summary>
public static class UploadFunctions
{
    /// <summary>A client's file name made safe to store under, as Werkzeug's <c>secure_filename</c>: ASCII letters, digits, <c>_</c>, <c>.</c> and <c>-</c> alone, no folder, no hidden file, no device.</summary>
    /// <param name="fileName">As the client sent it; null is an empty one.</param>
    /// <param name="rules">Default: safe on every system. <see cref="FilenameRules.Posix"/> answers as Werkzeug does on Linux.</param>
    /// <returns>An empty string when nothing is left, as for <c>..</c>. Then take a name of your own.</returns>
    /// <remarks>It is not unique: two clients may send the same name.</remarks>
    public static string SecureFilename(string? fileName, FilenameRules rules = FilenameRules.Everywhere) => Filenames.Secure(fileName ?? "", rules);
}
