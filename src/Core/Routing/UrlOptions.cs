namespace Modular.Routing;

/// <summary>How a URL is built, as the underscored arguments of Flask's <c>url_for</c>.</summary>
public sealed class UrlOptions
{
    /// <summary>True builds a whole URL, with scheme and host. Default: only when another host or a scheme requires it.</summary>
    public bool? External { get; init; }

    /// <summary>The scheme of a whole URL; empty for one that starts with <c>//</c>.</summary>
    public string? Scheme { get; init; }

    /// <summary>The fragment after <c>#</c>; it is encoded. Empty adds the <c>#</c> alone.</summary>
    public string? Anchor { get; init; }

    /// <summary>Builds the URL of the rule for this method. Default: the request's own method if it fits, then any.</summary>
    public string? Method { get; init; }

    internal bool AppendUnknown { get; init; } = true;
}
