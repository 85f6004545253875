using System.Text;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Render;

/// <summary>Templates by name.</summary>
sealed class MemoryFiles(Dictionary<string, string> texts) : IFileProvider
{
    public IFileInfo GetFileInfo(string subpath) => texts.TryGetValue(subpath.TrimStart('/'), out var text)
        ? new MemoryFile(subpath, Encoding.UTF8.GetBytes(text)) : new NotFoundFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    sealed class MemoryFile(string name, byte[] bytes) : IFileInfo
    {
        public bool Exists => true;
        public bool IsDirectory => false;
        public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;
        public long Length => bytes.Length;
        public string Name => name;
        public string? PhysicalPath => null;
        public Stream CreateReadStream() => new MemoryStream(bytes, writable: false);
    }
}
