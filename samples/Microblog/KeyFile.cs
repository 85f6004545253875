using System.Security.Cryptography;

namespace Microblog;

/// <summary>The key that signs sessions, in a file that only its owner can read. The first instance creates it, and all others read it.</summary>
static class KeyFile
{
    internal static string ReadOrMake(string path)
    {
        if (!File.Exists(path)) Make(path);
        return File.ReadAllText(path).Trim();
    }

    // Written under another name first, so that no instance reads an incomplete key.
    static void Make(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(draft, options)) file.Write(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);         // another instance created the key first
        }
    }
}
