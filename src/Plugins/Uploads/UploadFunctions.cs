namespace Modular.Uploads;

/// <summary>The function that this package adds: <c>SecureFilename(file.FileName)</c>.</summary>
public static class UploadFunctions
{
    /// <summary>
    /// Makes a client's file name safe to store, like Werkzeug's <c>secure_filename</c>: only ASCII letters, digits, <c>_</c>, <c>.</c>
    /// and <c>-</c>, no folder, no hidden file, no device.
    /// </summary>
    /// <param name="fileName">The name as the client sent it. Null counts as empty.</param>
    /// <param name="rules">Default: safe on every system. <see cref="FilenameRules.Posix"/> gives the same result as Werkzeug on
    /// Linux.</param>
    /// <returns>The safe name. Empty when no character is left, as for <c>..</c>; choose another name then.</returns>
    /// <remarks>The result isn't unique: two clients can send the same name.</remarks>
    public static string SecureFilename(string? fileName, FilenameRules rules = FilenameRules.Everywhere) =>
        Filenames.Secure(fileName ?? "", rules);
}
