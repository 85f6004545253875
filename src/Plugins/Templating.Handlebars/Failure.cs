using System.Runtime.ExceptionServices;
using HandlebarsDotNet;

namespace Modular.Templating.Handlebars;

/// <summary>Converts exceptions of Handlebars.Net to errors with a position.</summary>
static class Failure
{
    const string MissingPartial = "Referenced partial name '";
    const string MissingHelper = "Template references a helper that cannot be resolved.";

    /// <summary>False for an error that already has a position, and for an error that isn't caused by the template.</summary>
    internal static bool IsToTell(Exception error) => error is not (TemplateException or HttpException or OperationCanceledException);

    /// <summary>The error at the position of the last tag.</summary>
    internal static TemplateException At(PageState page, TemplateSource source, Exception error)
    {
        while (error is HandlebarsException { InnerException: { } inner }) error = inner;
        if (!IsToTell(error)) ExceptionDispatchInfo.Throw(error);
        var (where, position) = page.Place.Position >= 0 ? page.Place : (source, -1);
        if (error.Message.StartsWith(MissingPartial, StringComparison.Ordinal))
        {
            var name = error.Message[MissingPartial.Length..].Split('\'')[0];
            return New(where, position < 0 ? HandlebarsScanner.Mention(where, name) : position,
                $"There is no partial \"{name}\". Put it in the templates folder, or define it: " +
                $"{{{{#*inline \"{name}\"}}}}…{{{{/inline}}}}.", null);
        }
        if (error.Message.StartsWith(MissingHelper, StringComparison.Ordinal))
            return Helper(page, error.Message.Split('\'') is [_, var helper, ..] ? helper.TrimStart('#') : "", source);
        // A tag without arguments has no mark. Of these, only "this", the page itself, can fail.
        if (position < 0) position = HandlebarsScanner.Mention(where, "this");
        return New(where, position, error.Message, error is HandlebarsException ? null : error);
    }

    /// <summary>The error for a missing helper.</summary>
    internal static TemplateException Helper(PageState page, string name, TemplateSource? source = null) => Named(page, name,
        NoHelper(name, page.Engine), null, source);

    /// <summary>The message for a missing helper.</summary>
    internal static string NoHelper(string name, HandlebarsEngine engine) =>
        $"There is no helper \"{name}\"." +
        Suggest.DidYouMean(name, Helpers.Names(engine.Library).Where(other => other.Length > 1 && other != name)) +
        $" Write the name of a helper, or add it: app.TemplateFunction(\"{name}\", …).";

    /// <summary>An error in a helper: at the last tag if it contains the helper's name, otherwise at the first tag that does.</summary>
    internal static TemplateException Named(PageState page, string name, string problem, Exception? inner, TemplateSource? fallback = null)
    {
        var (source, position) = page.Place;
        source ??= fallback!;
        if (position < 0 || !HandlebarsScanner.Mentions(source, position, name)) position = HandlebarsScanner.Mention(source, name);
        return New(source, position, problem, inner);
    }

    static TemplateException New(TemplateSource source, int position, string problem, Exception? inner)
    {
        var (line, column) = position < 0 ? (0, 0) : source.Locate(position);
        return new(problem, source, line, column, inner);
    }
}
