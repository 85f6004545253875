namespace Modular;

/// <summary>The options that an application is created with.</summary>
public sealed class ModularOptions
{
    /// <summary>Its name, for the log. Default: the program's.</summary>
    public string? Name { get; init; }

    /// <summary>The folder that <see cref="StaticFolder"/> is in. Default: the program's own folder.</summary>
    public string RootPath { get; init; } = AppContext.BaseDirectory;

    /// <summary>The folder of static files, below <see cref="RootPath"/> or absolute. Default: static. Null serves none.</summary>
    public string? StaticFolder { get; init; } = "static";

    /// <summary>The URL of static files. Default: a slash and the folder's name.</summary>
    public string? StaticUrlPath { get; init; }

    /// <summary>The host of static files, with <see cref="RoutingOptions.HostMatching"/>; it may hold variables.</summary>
    public string? StaticHost { get; init; }

    /// <summary>How long caches may use files without revalidation. Default null: they revalidate each time.</summary>
    public TimeSpan? SendFileMaxAge { get; init; }

    /// <summary>How rules are matched.</summary>
    public RoutingOptions Routing { get; init; } = new();

    /// <summary>The limits of a request's body.</summary>
    public BodyLimits Limits { get; init; } = new();

    /// <summary>Host and port for URLs that are built outside a request, such as <c>example.org</c>. Default null: not known.</summary>
    public string? ServerName { get; init; }

    /// <summary>The accepted hosts: <c>example.org</c>, or <c>.example.org</c> with its subdomains. Others: 400. Default: all.</summary>
    public IReadOnlyList<string> TrustedHosts { get; init; } = [];

    /// <summary>The path before all rules, for URLs that are built outside a request. Default <c>/</c>.</summary>
    public string ApplicationRoot { get; init; } = "/";

    /// <summary>The scheme of URLs that are built outside a request. Default <c>http</c>.</summary>
    public string PreferredUrlScheme { get; init; } = "http";

    /// <summary>True: clients that prefer JSON get default error pages as problem+json (RFC 9457). Default false: HTML for all.</summary>
    public bool NegotiateErrors { get; init; }

    /// <summary>True: HTTP errors without a handler are treated as exceptions, to find the source of a 404.</summary>
    public bool TrapHttpExceptions { get; init; }

    /// <summary>As <see cref="TrapHttpExceptions"/>, for 400s. Default null: missing form fields are trapped in debug.</summary>
    public bool? TrapBadRequestErrors { get; init; }

    /// <summary>How objects become JSON and back. Default: camelCase names, ISO dates. AOT needs a source-generated resolver.</summary>
    /// <remarks>
    /// The default refuses null for a property that isn't nullable, and a missing constructor argument. Options set here don't change.
    /// </remarks>
    public JsonSerializerOptions? Json { get; init; }
}
