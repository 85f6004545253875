using Microsoft.Extensions.FileProviders;

namespace Modular.Templating;

/// <summary>The templates that a plugin brings.</summary>
sealed record TemplateFiles(IFileProvider Files, string Plugin);
