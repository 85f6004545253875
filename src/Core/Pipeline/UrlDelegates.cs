namespace Modular;

/// <summary>Changes a request's values before its view gets them. Endpoint and values are null when no rule matched.</summary>
public delegate void UrlValuePreprocessor(string? endpoint, IDictionary<string, object?>? values);

/// <summary>Adds values to those that a URL is built with.</summary>
public delegate void UrlDefaults(string endpoint, IDictionary<string, object?> values);

/// <summary>Builds a URL that the rules cannot; null asks the next handler.</summary>
public delegate string? UrlBuildErrorHandler(UrlBuildException error);
