using System.Globalization;
using System.Text;

namespace Modular;

/// <summary>What the named character references of HTML 5 stand for: <c>raquo</c> is <c>»</c>.</summary>
/// <remarks>The table is unpacked at the first question, which most applications never ask.</remarks>
static partial class HtmlEntities
{
    /// <summary>Characters of the longest name that counts without a semicolon.</summary>
    internal const int LongestLegacyName = 6;

    /// <summary>The one or two characters behind a name written with its semicolon, or null for an unknown name.</summary>
    internal static string? Find(ReadOnlySpan<char> name) => Names.All.TryGetValue(name, out var text) ? text : null;

    /// <summary>The character behind a name that counts without a semicolon too, as <c>&amp;copy</c> does, or null.</summary>
    internal static string? FindLegacy(ReadOnlySpan<char> name) => Names.Legacy.TryGetValue(name, out var text) ? text : null;

    static class Names
    {
        internal static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> All = Unpack(legacyOnly: false);
        internal static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Legacy = Unpack(legacyOnly: true);

        static Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Unpack(bool legacyOnly)
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            var table = Encoding.ASCII.GetString(Table).AsSpan();
            foreach (var range in table.SplitAny(' ', '\n'))
            {
                var entry = table[range];
                var mark = entry.IndexOfAny('*', '=');
                if (!legacyOnly || entry[mark] == '*') names.Add(entry[..mark].ToString(), CharactersOf(entry[(mark + 1)..]));
            }
            return names.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        static string CharactersOf(ReadOnlySpan<char> codePoints)
        {
            var text = "";
            foreach (var range in codePoints.Split('+'))
                text += new Rune(int.Parse(codePoints[range], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            return text;
        }
    }
}
