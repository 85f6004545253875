using System.Net.Sockets;

namespace Modular;

/// <summary>The file of a Unix socket that a killed process left behind. Nobody can listen there while it exists.</summary>
static class StaleSocket
{
    // What the system says to opening a socket as a file: ENXIO of Linux, EOPNOTSUPP of macOS and the BSDs.
    const int NoSuchDevice = 6;
    const int NotSupported = 102;
    const int NotSupportedBsd = 45;

    internal static void Remove(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path) || new FileInfo(path).LinkTarget is not null) return;
        if (!IsSocket(path) || !Refuses(path)) return;
        // Another process may do the same now, and listen at once. So the file is moved away first, and checked again there.
        var aside = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.Move(path, aside);
        }
        catch (FileNotFoundException)
        {
            return;
        }
        if (Refuses(aside)) File.Delete(aside);
        else File.Move(aside, path);
    }

    // Only a listener that is gone refuses; one that is busy, or another user's, does not.
    static bool Refuses(string path)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }

    // Other files refuse connections, too. Opened for both, a named pipe does not wait for its other end.
    static bool IsSocket(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException error)
        {
            return error.HResult is NoSuchDevice or NotSupported or NotSupportedBsd;
        }
    }
}
