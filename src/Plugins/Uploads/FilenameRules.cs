namespace Modular.Uploads;

/// <summary>For which systems a file name is made safe.</summary>
public enum FilenameRules
{
    /// <summary>For all: a backslash parts folders as a slash does, and the names of Windows' devices (<c>CON</c>, <c>nul.txt</c>, <c>com1.tar.gz</c>) get a <c>_</c> in front.</summary>
    Everywhere,

    /// <summary>As Werkzeug on Linux: a backslash is dropped, and devices are names like others. For files that stay on such a system.</summary>
    Posix,
}
