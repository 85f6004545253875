namespace Modular;

/// <summary>A rule as the user wrote it, before an application takes it.</summary>
sealed record RouteSpec
{
    internal required string Rule { get; init; }

    /// <summary>Given by <c>endpoint:</c>, or null.</summary>
    internal string? Endpoint { get; init; }

    /// <summary>The C# text of the view, of which a method's name is the endpoint.</summary>
    internal string? ViewText { get; init; }

    internal required IReadOnlyList<string> Methods { get; init; }
    internal RuleOptions Options { get; init; } = new();

    /// <summary>The user's own delegate; two rules of one endpoint must have the same.</summary>
    internal required Delegate Handler { get; init; }

    /// <summary>Makes the view's source once the rule is parsed, so that parameters are checked against its variables.</summary>
    internal required Func<Rule, ViewSource> Source { get; init; }

    internal RouteBuilder Builder { get; } = new();

    /// <summary>The id of the plugin that brings it; null for none.</summary>
    internal string? Plugin { get; set; }

    /// <summary>The endpoint's name: the one given; else the method's (<c>Pages.Show</c> is <c>Show</c>) or variable's; else, for a lambda, methods and rule.</summary>
    internal string EndpointName
    {
        get
        {
            if (Endpoint is not null) return Endpoint;
            var name = ViewText.AsSpan().Trim();
            var last = name[(name.LastIndexOf('.') + 1)..];
            return IsName(name) ? last.TrimStart('@').ToString() : $"{string.Join(',', Methods)} {Rule}";
        }
    }

    // Identifiers with dots between them. "() => Page.Text" ends in one too, but is a lambda.
    static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var part in text.Split('.'))
            if (!IsIdentifier(text[part])) return false;
        return true;
    }

    static bool IsIdentifier(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || char.IsAsciiDigit(text[0])) return false;
        foreach (var c in text)
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '@')) return false;
        return true;
    }
}
