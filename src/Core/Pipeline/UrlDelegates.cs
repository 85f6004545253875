namespace Modular;

/// <summary>Changes a request's values before its view gets them. It may take some out, as a language code.</summary>
/// <param name="endpoint">The matched endpoint; null when no rule matched.</param>
/// <param name="values">The values by name; null when no rule matched.</param>
public delegate void UrlValuePreprocessor(string? endpoint, IDictionary<string, object?>? values);

/// <summary>Adds values to a URL that is being built, those that are not given.</summary>
/// <param name="endpoint">The endpoint that the URL is for.</param>
/// <param name="values">The given values, to be added to.</param>
public delegate void UrlDefaults(string endpoint, IDictionary<string, object?> values);

/// <summary>Builds a URL that the rules cannot.</summary>
/// <param name="error">Why they cannot, with endpoint and values.</param>
/// <returns>The URL, or null to ask the next handler.</returns>
public delegate string? UrlBuildErrorHandler(UrlBuildException error);
