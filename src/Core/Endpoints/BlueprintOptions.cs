namespace Modular;

/// <summary>Settings of a blueprint, apart from its name and prefix.</summary>
public sealed class BlueprintOptions
{
    /// <summary>The subdomain of its rules; needs <see cref="RoutingOptions.SubdomainMatching"/>. Nested ones are joined.</summary>
    public string? Subdomain { get; init; }

    /// <summary>Values for variables that its rules do not have.</summary>
    public IReadOnlyDictionary<string, object?> Defaults { get; init; } = new Dictionary<string, object?>();

    /// <summary>A folder of static files of its own, below <see cref="RootPath"/> or absolute; null for none.</summary>
    public string? StaticFolder { get; init; }

    /// <summary>The URL of <see cref="StaticFolder"/>, after the blueprint's prefix. Default: a slash and the folder's name.</summary>
    public string? StaticUrlPath { get; init; }

    /// <summary>Its own templates, searched after the application's, below <see cref="RootPath"/> or absolute; null for none.</summary>
    public string? TemplateFolder { get; init; }

    /// <summary>Where <see cref="StaticFolder"/> and <see cref="TemplateFolder"/> are. Default: the program's folder.</summary>
    public string RootPath { get; init; } = AppContext.BaseDirectory;

    /// <summary>Limits of the bodies of its requests. Default null: those of the blueprint around it, or the application's.</summary>
    public BodyLimits? Limits { get; init; }

    /// <summary>True: its error handlers also take the 404 and 405 of paths under its prefix. Default false, as in Flask.</summary>
    public bool HandlesNotFound { get; init; }
}
