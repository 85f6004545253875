namespace Modular;

/// <summary>Changes a request's values before its view gets them. Endpoint and values are null when no rule matched.</summary>
public delegate void UrlValuePreprocessor(string? endpoint, IDictionary<string, object?>? values);

/// <summary>Adds values for building a URL.</summary>
public delegate void UrlDefaults(string endpoint, IDictionary<string, object?> values);

/// <summary>Builds a URL that the rules can't. Null: the next handler is called.</summary>
public delegate string? UrlBuildErrorHandler(UrlBuildException error);
