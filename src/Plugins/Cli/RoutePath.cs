using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Modular.Cli;

/// <summary>How well a text matches a rule.</summary>
enum Fit
{
    None,

    /// <summary>The characters match, but a value is out of range.</summary>
    OutOfRange,
    Whole,
}

/// <summary>The pattern of a rule for one part of a path, or for all remaining parts if it is <see cref="IsFinal"/>.</summary>
/// <param name="Written">The text in the rule.</param>
/// <param name="Pattern">The regular expression without anchors.</param>
/// <param name="Weight">A smaller weight is tried first: more and longer fixed text, then more variables, then lighter ones.</param>
sealed record RoutePathPart(string Written, string Pattern, bool IsFixed, bool IsFinal, int[] Weight)
{
    internal bool Takes(string text) => IsFixed ? Written == text : RoutePath.Whole(Pattern).IsMatch(text);
}

/// <summary>A rule's path, or its host, part by part.</summary>
sealed partial class RoutePath
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    readonly List<UrlConverter> _converters = [];
    readonly Regex _whole;

    RoutePath(Rule rule, string text, bool isDomain)
    {
        var (pattern, from) = (new StringBuilder(), 0);
        var part = new Building();
        foreach (var variable in Variable().Matches(text).ToList())
        {
            Fixed(text[from..variable.Index]);
            from = variable.Index + variable.Length;
            var converter = rule.ConverterOf(variable.Groups["name"].Value);
            _converters.Add(converter);
            part.Add(variable.Value, converter);
            pattern.Append(CultureInfo.InvariantCulture, $"(?<v{_converters.Count}>{converter.Pattern})");
        }
        Fixed(text[from..]);
        Parts.Add(part.Done());
        _whole = Whole(pattern.ToString());

        void Fixed(string between)
        {
            pattern.Append(Regex.Escape(between));
            var texts = isDomain ? [between] : between.Split('/');
            for (var i = 0; i < texts.Length; i++)
            {
                // After a variable with slashes, the rest of the rule belongs to the same part.
                if (i > 0 && part.IsFinal) part.Add("/");
                else if (i > 0)
                {
                    Parts.Add(part.Done());
                    part = new();
                }
                part.Add(texts[i]);
            }
        }
    }

    internal List<RoutePathPart> Parts { get; } = [];

    internal static RoutePath Of(Rule rule, string text, bool isDomain) =>
        new(rule, rule.MergeSlashes ? Slashes().Replace(text, "/") : text, isDomain);

    internal static Regex Whole(string pattern) =>
        new($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Patience);

    internal Fit Fit(string text)
    {
        if (_whole.Match(text) is not { Success: true } match) return Modular.Cli.Fit.None;
        for (var i = 0; i < _converters.Count; i++)
        {
            try
            {
                _converters[i].ToValue(match.Groups[$"v{i + 1}"].Value);
            }
            catch (Exception no) when (no is FormatException or OverflowException)
            {
                return Modular.Cli.Fit.OutOfRange;
            }
        }
        return Modular.Cli.Fit.Whole;
    }

    /// <summary>Describes the first part of the rule that the path doesn't match.</summary>
    internal string Mismatch(string path)
    {
        var texts = path.Split('/');
        for (var i = 1; i < Parts.Count; i++)
        {
            var (part, name) = (Parts[i], $"\"{Parts[i].Written}\"");
            if (i >= texts.Length) return $"continues with {name} where the path ends";
            if (part.IsFinal)
                return part.Takes(string.Join('/', texts[i..]).TrimEnd('/'))
                    ? "doesn't match the last slash, or a value"
                    : $"doesn't match the rest of the path with {name}";
            if (part.Takes(texts[i])) continue;
            return texts[i].Length == 0 ? $"has {name} where the path is empty"
                : part is { IsFixed: true, Written: "" } ? $"ends where the path continues with {Quoted.Text(texts[i])}"
                : $"has {name} where the path has {Quoted.Text(texts[i])}";
        }
        return texts.Length > Parts.Count
            ? $"ends where the path continues with {Quoted.Text(texts[Parts.Count])}"
            : "has a variable whose value is out of range";
    }

    [GeneratedRegex(@"<(?:[a-zA-Z_][a-zA-Z0-9_]*(?:\(.*?\))?:)?(?<name>[a-zA-Z_][a-zA-Z0-9_]*)>")]
    private static partial Regex Variable();

    [GeneratedRegex("//+")]
    private static partial Regex Slashes();

    sealed class Building
    {
        readonly StringBuilder _written = new(), _pattern = new();
        readonly List<int> _fixed = [], _variables = [];

        internal bool IsFinal { get; private set; }

        internal void Add(string text)
        {
            if (text.Length == 0) return;
            _written.Append(text);
            _pattern.Append(Regex.Escape(text));
            _fixed.Add(-text.Length);
        }

        internal void Add(string written, UrlConverter converter)
        {
            _written.Append(written);
            _pattern.Append(CultureInfo.InvariantCulture, $"({converter.Pattern})");
            _variables.Add(converter.Weight);
            IsFinal |= !converter.PartIsolating;
        }

        internal RoutePathPart Done() =>
            new(_written.ToString(), _pattern.ToString(), _variables.Count == 0, IsFinal,
                [-_fixed.Count, .. _fixed, -_variables.Count, .. _variables]);
    }
}
