using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Modular.Templating;

/// <summary>The template settings of an application after it is frozen.</summary>
sealed class TemplateSetup
{
    internal required TemplateOptions Options { get; init; }
    internal required TemplateFolders Folders { get; init; }
    internal required IReadOnlyList<TemplateEngineEntry> Engines { get; init; }
    internal required TemplateWords Words { get; init; }
    internal required bool IsDebug { get; init; }
    internal required TimeProvider Clock { get; init; }
    internal required ILogger Logger { get; init; }

    internal IReadOnlyCollection<string> FunctionNames => field ??= [.. Words.Functions.Keys];

    /// <summary>The engine of the name's extension, otherwise the configured or the first engine.</summary>
    internal TemplateEngineEntry EngineOf(string name) =>
        Engines.FirstOrDefault(engine => engine.Endings.Contains(TemplateNames.Ending(name))) ?? EngineNamed(Options.Engine);

    internal const string NoEngine = "No template engine is installed. Add the package Modular.Templating.Jinja and call app.UseJinja(), " +
        "or the package Modular.Templating.Liquid and call " +
        "app.UseLiquid(), or the package Modular.Templating.Handlebars and call app.UseHandlebars().";

    /// <exception cref="ModularException">There is no engine, or no engine with this name.</exception>
    internal TemplateEngineEntry EngineNamed(string? name) => Engines.Count == 0 ? throw new ModularException(NoEngine)
        : name is null ? Engines[0]
        : Engines.FirstOrDefault(engine => engine.Name == name) ?? throw new ModularException(
            $"There is no template engine {Quoted.Text(name)}. Write one of: {string.Join(", ", Engines.Select(engine => engine.Name))}.");

    /// <summary>False for plain text. The extension decides, without the extension of an engine, as in <c>mail.txt.liquid</c>.</summary>
    internal bool Escapes(string name)
    {
        var ending = TemplateNames.Ending(name);
        if (Engines.Any(engine => engine.Endings.Contains(ending))) ending = TemplateNames.Ending(name[..^ending.Length]);
        return !Options.PlainEndings.Contains(ending);
    }

    internal TemplateNotFoundException NotFound(IReadOnlyList<string> names)
    {
        var what = names.Count == 1
            ? $"There is no template {Quoted.Text(names[0])}"
            : $"None of these templates exists: {string.Join(", ", names.Select(Quoted.Text))}";
        var near = names.Count == 1 ? Suggest.DidYouMean(names[0], Folders.All()) : "";
        return new($"{what}.{near} Put it in one of: {string.Join(", ", Folders.Places)}.", names.Count == 0 ? "" : names[0]);
    }

    /// <summary>The folders, then the providers, then the plugins' files, then the blueprints' folders.</summary>
    internal static TemplateFolders FoldersOf(ModularApp app, TemplateOptions options, IEnumerable<TemplateFiles> files) => new(
    [
        .. options.Folders.Select(folder => (Path.Combine(app.Options.RootPath, folder), (IFileProvider?)null)),
        .. options.Providers.Select(provider => (provider.GetType().Name, (IFileProvider?)provider)),
        .. files.Select(entry => ($"the templates of {entry.Plugin}", (IFileProvider?)entry.Files)),
        .. app.Blueprints.Values.Select(blueprint => blueprint.Options).Where(blueprint => blueprint.TemplateFolder is not null)
            .Select(blueprint => (Path.Combine(blueprint.RootPath, blueprint.TemplateFolder!), (IFileProvider?)null)).Distinct(),
    ], options.ExplainLoading ? app.Logger : null);
}
