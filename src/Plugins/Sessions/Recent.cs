namespace Modular.Sessions;

/// <summary>A place for each of 512 things that were met lately, by a hash; one that falls on the same place takes it over.</summary>
/// <remarks>Thread: safe to share; an entry is read and replaced whole.</remarks>
sealed class Recent<T> where T : class
{
    const int Places = 512;

    readonly T?[] _entries = new T?[Places];

    internal T? this[int hash]
    {
        get => _entries[(uint)hash % Places];
        set => _entries[(uint)hash % Places] = value;
    }

    /// <summary>The end of a text: signatures stand there, which are as good as random.</summary>
    internal static int HashOf(string text)
    {
        var hash = text.Length;
        for (var i = Math.Max(0, text.Length - 8); i < text.Length; i++) hash = hash * 31 + text[i];
        return hash;
    }
}
