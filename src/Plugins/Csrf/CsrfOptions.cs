namespace Modular.Csrf;

/// <summary>How requests are checked for a token and for their origin.</summary>
public sealed record CsrfOptions
{
    /// <summary>
    /// False: no request is checked, for tests and for a time of migration. <c>CsrfToken()</c> and <c>CsrfField()</c> still work. Default:
    /// true.
    /// </summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The form field with the token. Default <c>csrf_token</c>.</summary>
    public string FieldName
    {
        get;
        init => field = value is { Length: > 0 }
            ? value
            : throw new ArgumentException("FieldName must not be empty. Write FieldName = \"csrf_token\".", nameof(FieldName));
    } = "csrf_token";

    /// <summary>The headers that can contain the token, instead of the form. The first one that was sent counts.</summary>
    public IReadOnlyList<string> HeaderNames { get; init; } = ["X-CSRF-Token", "X-CSRFToken", "X-XSRF-Token"];

    /// <summary>
    /// How long a token is valid after it was put into a page. Null, the default: as long as the visitor's session. Flask-WTF's default is
    /// an hour, and a form that takes longer to fill in is refused then.
    /// </summary>
    public TimeSpan? Lifetime
    {
        get;
        init => field = value is null || value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Lifetime), value, "Lifetime must be longer than zero, or null.");
    }

    /// <summary>
    /// Other sites whose pages can send requests, such as <c>https://admin.example.com</c>: scheme, host, and the port if it isn't the
    /// scheme's default. They still need a token. Default: none.
    /// </summary>
    public IReadOnlyList<string> TrustedOrigins { get; init; } = [];
}
