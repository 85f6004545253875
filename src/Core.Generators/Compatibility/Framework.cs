// Parts of .NET 10 that the core's parser uses, for netstandard2.0.
namespace System
{
    readonly struct Index(int value, bool fromEnd = false)
    {
        public static implicit operator Index(int value) => new(value);

        public int GetOffset(int length) => fromEnd ? length - value : value;
    }

    readonly struct Range(Index start, Index end)
    {
        public Index Start { get; } = start;
        public Index End { get; } = end;
    }
}

namespace System.Text.RegularExpressions
{
    [AttributeUsage(AttributeTargets.Property)]
    sealed class GeneratedRegexAttribute(string pattern, RegexOptions options) : Attribute
    {
        public string Pattern { get; } = pattern;
        public RegexOptions Options { get; } = options;

        /// <summary>The expression of a property that .NET's own generator implements in the core.</summary>
        internal static Regex Of<T>(string property)
        {
            var given = (GeneratedRegexAttribute)typeof(T).GetProperty(property, Reflection.BindingFlags.Static | Reflection.BindingFlags.NonPublic)!
                .GetCustomAttributes(typeof(GeneratedRegexAttribute), inherit: false)[0];
            return new(given.Pattern, given.Options | RegexOptions.CultureInvariant);
        }
    }
}

namespace Modular
{
    static class FrameworkExtensions
    {
        internal static bool StartsWith(this string text, char first) => text.Length > 0 && text[0] == first;

        internal static bool EndsWith(this string text, char last) => text.Length > 0 && text[text.Length - 1] == last;

        internal static bool Contains(this string text, char one) => text.IndexOf(one) >= 0;

        internal static bool Contains(this ReadOnlySpan<string> texts, string one)
        {
            foreach (var text in texts)
                if (text == one) return true;
            return false;
        }

        internal static T? MinBy<T, TKey>(this IEnumerable<T> items, Func<T, TKey> key) where T : class => items.OrderBy(key).FirstOrDefault();
    }
}
