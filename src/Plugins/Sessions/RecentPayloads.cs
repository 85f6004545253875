namespace Modular.Sessions;

/// <summary>
/// Payloads of cookies that were written lately, by their JSON. Folding is most of what writing costs, and sessions repeat themselves: a permanent one is written at each request, one whose
/// messages were shown is what it was before.
/// </summary>
/// <remarks>Thread: safe to share. At most 4.2 MB, of sessions as large as a cookie can be.</remarks>
sealed class RecentPayloads
{
    const int MaxLength = 4096;

    readonly Recent<Entry> _entries = new();

    sealed record Entry(byte[] Json, byte[] Payload);

    internal byte[]? Find(ReadOnlySpan<byte> json) =>
        _entries[HashOf(json)] is { } entry && json.SequenceEqual(entry.Json) ? entry.Payload : null;

    internal void Add(ReadOnlySpan<byte> json, byte[] payload)
    {
        if (Math.Max(json.Length, payload.Length) <= MaxLength) _entries[HashOf(json)] = new(json.ToArray(), payload);
    }

    static int HashOf(ReadOnlySpan<byte> json)
    {
        var hash = new HashCode();
        hash.AddBytes(json);
        return hash.ToHashCode();
    }
}
