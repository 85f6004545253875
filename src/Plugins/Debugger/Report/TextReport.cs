using System.Globalization;
using System.Text;

namespace Modular.Debugger;

/// <summary>A report as plain text, for terminals and for copying.</summary>
static class TextReport
{
    internal static string Of(ErrorReport report)
    {
        var text = new StringBuilder();
        foreach (var part in report.Parts) Write(text, part);
        text.Append(CultureInfo.InvariantCulture, $"\n{report.Failure.Method} {report.Failure.Url}\n");
        foreach (var section in report.Failure.Sections.Where(section => section.Facts.Count > 0 || section.Note is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{section.Title}{(section.Note is { } note ? $": {note}" : "")}\n");
            foreach (var (name, value) in section.Facts)
                text.Append(CultureInfo.InvariantCulture, $"  {name}: {value.ReplaceLineEndings("\n    ")}\n");
        }
        return text.ToString();
    }

    static void Write(StringBuilder text, ErrorPart part)
    {
        if (part.Role is { } role) text.Append(CultureInfo.InvariantCulture, $"\n{role}:\n");
        text.Append(CultureInfo.InvariantCulture, $"{part.Type}: {part.Error.Message.ReplaceLineEndings("\n")}\n");
        foreach (var frame in part.Frames)
        {
            text.Append(CultureInfo.InvariantCulture, $"  at {frame}\n");
            if (frame.Source is { } source)
                text.Append(CultureInfo.InvariantCulture, $"     > {source.Lines[source.Failing - source.First].Trim()}\n");
        }
    }
}
