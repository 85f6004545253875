using Microsoft.Extensions.FileProviders.Physical;

namespace Modular;

/// <summary>A folder whose files visitors may read: those behind <c>/static/</c>, and those of <c>SendFromDirectory</c>.</summary>
/// <param name="path">Absolute. It need not exist yet.</param>
sealed class StaticFolder(string path)
{
    /// <summary>The file under a visitor's name, such as <c>css/style.css</c>.</summary>
    /// <exception cref="HttpException">404: no such file, a folder, or a name that leads out of the folder. 416: no such range.</exception>
    internal Response Send(HttpContext http, string filename, SendFileOptions? options = null)
    {
        if (SafeJoin.Join(path, filename) is not { } joined || filename.EndsWith('/')) throw new HttpException(404);
        var file = new FileInfo(joined);
        return file.Exists ? Response.File(http, new PhysicalFileInfo(file), options) : throw new HttpException(404);
    }
}
