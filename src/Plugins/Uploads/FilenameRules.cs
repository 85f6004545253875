namespace Modular.Uploads;

/// <summary>The systems on which a file name has to be safe.</summary>
public enum FilenameRules
{
    /// <summary>
    /// All systems: a backslash separates folders like a slash, and the names of Windows devices (<c>CON</c>, <c>nul.txt</c>,
    /// <c>com1.tar.gz</c>) get the prefix <c>_</c>.
    /// </summary>
    Everywhere,

    /// <summary>
    /// As Werkzeug on Linux: backslashes are removed, and device names are allowed. Use it for files that stay on such a system.
    /// </summary>
    Posix,
}
