using HandlebarsDotNet;

namespace Modular.Templating.Handlebars;

/// <summary>The options of Handlebars.</summary>
public sealed record HandlebarsOptions
{
    /// <summary>
    /// Changes the configuration of Handlebars.Net, once for each application, for block helpers and decorators. A helper that uses
    /// <c>WriteSafeString</c> must escape its output itself.
    /// The encoder, the formatters and the readable members are set afterwards.
    /// </summary>
    public Action<HandlebarsConfiguration>? Configure { get; init; }
}
