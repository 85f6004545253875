namespace Modular.Routing;

/// <summary>Says which text a rule's variable takes, and turns that text into a value and back.</summary>
/// <remarks>One is made per variable when its rule is added, and then shared by all requests: keep it immutable.</remarks>
public abstract class UrlConverter
{
    const string OneSegment = "[^/]+";

    /// <summary>The regular expression of the texts that the variable takes. Default: one path segment, <c>[^/]+</c>.</summary>
    /// <remarks>It runs with <c>RegexOptions.NonBacktracking</c>, so the rule of a pattern with look-arounds is refused.</remarks>
    public virtual string Pattern => OneSegment;

    /// <summary>Decides among rules that could all match: the lighter is tried first. Numbers weigh 50, text 100, paths 200.</summary>
    public virtual int Weight => 100;

    /// <summary>True when the variable stays inside one segment. Default: false when an own <see cref="Pattern"/> has a slash.</summary>
    public virtual bool PartIsolating => Pattern == OneSegment || !Pattern.Contains('/');

    /// <summary>The type of what <see cref="ToValue"/> gives, so that typed views can be checked at start-up.</summary>
    public virtual Type ValueType => typeof(string);

    /// <summary>The value that the view gets, of a text that is percent-decoded already.</summary>
    /// <exception cref="FormatException">The text isn't valid: the request is answered with 404.</exception>
    public virtual object ToValue(string text) => text;

    /// <summary>The value as it stands in a URL, percent-encoded. Default: its invariant text.</summary>
    /// <exception cref="FormatException">The value cannot stand in this place.</exception>
    public virtual string ToUrl(object value) => Percent.Encode(UrlWriter.TextOf(value), Percent.PathSafe);

    // True when ToUrl is the default, so that the value is written without a string.
    internal virtual bool IsWrittenAsItIs(object value) => false;
}
