using System.Text;

namespace Modular.Caching;

/// <summary>A page, a value, or the names of the request headers that a page varies by.</summary>
sealed record CacheEntry(DateTimeOffset Created, DateTimeOffset Expires, IReadOnlyList<(string Tag, string Stamp)> Stamps)
{
    const byte Format = 1;

    /// <summary>The status of a page. 0 for a value, and for names of headers.</summary>
    internal int Status { get; init; }

    /// <summary>True for an error of the view, which is thrown again.</summary>
    internal bool IsError { get; init; }

    /// <summary>The request headers that the pages at this key vary by. Their keys contain the values.</summary>
    internal IReadOnlyList<string> Vary { get; init; } = [];

    internal IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    internal ReadOnlyMemory<byte> Body { get; init; }

    internal byte[] Write()
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Format);
        writer.Write(Created.UtcTicks);
        writer.Write(Expires.UtcTicks);
        writer.Write(Status);
        writer.Write(IsError);
        Pairs(Stamps);
        writer.Write7BitEncodedInt(Vary.Count);
        foreach (var name in Vary) writer.Write(name);
        Pairs(Headers);
        writer.Write7BitEncodedInt(Body.Length);
        writer.Write(Body.Span);
        writer.Flush();
        return bytes.ToArray();

        void Pairs(IReadOnlyList<(string, string)> pairs)
        {
            writer.Write7BitEncodedInt(pairs.Count);
            foreach (var (name, value) in pairs)
            {
                writer.Write(name);
                writer.Write(value);
            }
        }
    }

    /// <summary>Null when another version, or another program, wrote the bytes.</summary>
    internal static CacheEntry? Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        try
        {
            if (reader.ReadByte() != Format) return null;
            var (created, expires, status, isError) = (Moment(), Moment(), reader.ReadInt32(), reader.ReadBoolean());
            return new(created, expires, Pairs())
            {
                Status = status,
                IsError = isError,
                Vary = List(reader.ReadString),
                Headers = Pairs(),
                Body = reader.ReadBytes(reader.Read7BitEncodedInt()),
            };
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException or ArgumentException)
        {
            return null;
        }

        DateTimeOffset Moment() => new(reader.ReadInt64(), TimeSpan.Zero);
        List<(string, string)> Pairs() => List(() => (reader.ReadString(), reader.ReadString()));
        List<T> List<T>(Func<T> read)
        {
            var list = new List<T>();
            for (var count = reader.Read7BitEncodedInt(); count > 0; count--) list.Add(read());
            return list;
        }
    }
}
