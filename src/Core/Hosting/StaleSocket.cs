namespace Modular;

/// <summary>The file of a Unix socket that a killed process left behind. No process can listen there while it exists.</summary>
static class StaleSocket
{
    internal static void Remove(string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path) && new FileInfo(path).LinkTarget is null && IsSocket(path) && Refuses(path))
            File.Delete(path);
    }

    // Only a listener that has exited refuses. A busy one, or another user's, doesn't.
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

    // Other files refuse connections too. Opened for reading and writing, a named pipe doesn't wait for its other end.
    static bool IsSocket(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return false;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            return error.HResult is 6 or 45 or 102;      // ENXIO of Linux, EOPNOTSUPP of the BSDs and macOS
        }
    }
}
