namespace Modular.Routing;

/// <summary>Defines the texts that a rule's variable accepts, and converts them to values and back.</summary>
/// <remarks>One is created per variable when its rule is added, and all requests share it, so it must be immutable.</remarks>
public abstract class UrlConverter
{
    const string OneSegment = "[^/]+";

    /// <summary>The regular expression for the texts that the variable accepts. Default: one path segment, <c>[^/]+</c>.</summary>
    /// <remarks>It runs with <c>RegexOptions.NonBacktracking</c>, so the rule of a pattern with look-arounds is refused.</remarks>
    public virtual string Pattern => OneSegment;

    /// <summary>Orders rules that could all match: lighter ones are tried first. Numbers weigh 50, text 100, paths 200.</summary>
    public virtual int Weight => 100;

    /// <summary>True when the variable is inside one segment. Default: false when a custom <see cref="Pattern"/> has a slash.</summary>
    public virtual bool PartIsolating => Pattern == OneSegment || !Pattern.Contains('/');

    /// <summary>The type that <see cref="ToValue"/> returns, so that typed views can be checked at start-up.</summary>
    public virtual Type ValueType => typeof(string);

    /// <summary>Converts a percent-decoded text to the value for the view.</summary>
    /// <exception cref="FormatException">The text isn't valid. The request gets a 404.</exception>
    public virtual object ToValue(string text) => text;

    /// <summary>Converts a value to its percent-encoded text in a URL. Default: its invariant text.</summary>
    /// <exception cref="FormatException">The value can't be used here.</exception>
    public virtual string ToUrl(object value) => Percent.Encode(UrlWriter.TextOf(value), Percent.PathSafe);

    // For patterns of users alone, so that an AOT program without any leaves the engines of regular expressions out.
    internal virtual PatternMatcher? MatcherOf(RoutePiece[] pieces, string rule) => new(pieces, rule);

    internal virtual bool IsWrittenAsItIs(object value) => false;
}
