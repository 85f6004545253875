namespace Modular.Templating;

/// <summary>The options that the section <c>Templating</c> of the configuration can change. Null: as in the program.</summary>
sealed class TemplateSection
{
    public string? Engine { get; set; }

    public bool? Preload { get; set; }

    public bool? AutoReload { get; set; }

    public bool? ExplainLoading { get; set; }

    // The limits check their values.
    public int? MaxOutput { get; set => field = value is { } most ? new TemplateLimits { MaxOutput = most }.MaxOutput : null; }

    public int? MaxIterations { get; set => field = value is { } most ? new TemplateLimits { MaxIterations = most }.MaxIterations : null; }

    public int? MaxDepth { get; set => field = value is { } most ? new TemplateLimits { MaxDepth = most }.MaxDepth : null; }

    public TimeSpan? MaxTime { get; set => field = new TemplateLimits { MaxTime = value }.MaxTime; }

    /// <summary>The options with the values of the configuration.</summary>
    internal TemplateOptions Over(TemplateOptions options) => options with
    {
        Engine = Engine ?? options.Engine,
        Preload = Preload ?? options.Preload,
        AutoReload = AutoReload ?? options.AutoReload,
        ExplainLoading = ExplainLoading ?? options.ExplainLoading,
        Limits = options.Limits with
        {
            MaxOutput = MaxOutput ?? options.Limits.MaxOutput,
            MaxIterations = MaxIterations ?? options.Limits.MaxIterations,
            MaxDepth = MaxDepth ?? options.Limits.MaxDepth,
            MaxTime = MaxTime ?? options.Limits.MaxTime,
        },
    };
}
