using HandlebarsDotNet;

namespace Modular.Templating.Handlebars;

/// <summary>What Handlebars is told.</summary>
public sealed record HandlebarsOptions
{
    /// <summary>
    /// Gets Handlebars.Net's own configuration, once for each application, for block helpers and decorators. A helper that writes by <c>WriteSafeString</c> escapes by itself;
    /// the encoder, the formatters and what templates may read are set afterwards.
    /// </summary>
    public Action<HandlebarsConfiguration>? Configure { get; init; }
}
