using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace Modular.Debugger;

/// <summary>The portable PDB of an assembly, embedded or beside it: the checksums of its sources, and embedded sources.</summary>
sealed class Symbols : IDisposable
{
    static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    static readonly Guid Sha256 = new("8829D00F-11B8-4213-878B-770E8597AC16");

    readonly PEReader _assembly;
    readonly MetadataReaderProvider _provider;
    readonly MetadataReader _reader;

    Symbols(PEReader assembly, MetadataReaderProvider provider) =>
        (_assembly, _provider, _reader) = (assembly, provider, provider.GetMetadataReader());

    /// <summary>Opens the symbols. Null when there are none, as for an in-memory assembly.</summary>
    internal static Symbols? Open(Assembly assembly)
    {
        if (assembly.IsDynamic || !File.Exists(assembly.Location)) return null;
        PEReader? pe = null;
        try
        {
            pe = new PEReader(File.OpenRead(assembly.Location));
            if (pe.TryOpenAssociatedPortablePdb(assembly.Location, path => File.Exists(path) ? File.OpenRead(path) : null,
                out var provider, out _) && provider is not null) return new(pe, provider);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            // Unreadable symbols count as missing.
        }
        pe?.Dispose();
        return null;
    }

    /// <summary>Whether the file is unchanged since the build. Null when the symbols have no checksum.</summary>
    internal bool? IsSource(string file, byte[] content)
    {
        if (Find(file) is not { } document || document.Hash.IsNil) return null;
        return _reader.GetGuid(document.HashAlgorithm) == Sha256
            ? SHA256.HashData(content).AsSpan().SequenceEqual(_reader.GetBlobBytes(document.Hash))
            : null;
    }

    /// <summary>The embedded source, or null.</summary>
    internal byte[]? Embedded(string file)
    {
        foreach (var handle in _reader.Documents)
        {
            if (_reader.GetString(_reader.GetDocument(handle).Name) != file) continue;
            foreach (var information in _reader.GetCustomDebugInformation(handle).Select(_reader.GetCustomDebugInformation))
                if (_reader.GetGuid(information.Kind) == EmbeddedSource) return Unpack(_reader.GetBlobBytes(information.Value));
        }
        return null;
    }

    // Portable PDB: four bytes with the uncompressed length, or 0 for uncompressed data.
    static byte[] Unpack(byte[] blob)
    {
        if (BitConverter.ToInt32(blob) == 0) return blob[4..];
        using var unpacked = new MemoryStream();
        using var deflate = new DeflateStream(new MemoryStream(blob, 4, blob.Length - 4), CompressionMode.Decompress);
        deflate.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    Document? Find(string file)
    {
        foreach (var handle in _reader.Documents)
            if (_reader.GetDocument(handle) is var document && _reader.GetString(document.Name) == file) return document;
        return null;
    }

    public void Dispose()
    {
        _provider.Dispose();
        _assembly.Dispose();
    }
}
