using System.Globalization;

namespace Modular.Debugger;

/// <summary>A report as an HTML page. Markup interpolation escapes every value (CVE-2016-10516).</summary>
static class ErrorPage
{
    const int MostTitle = 120;

    internal static string Of(ErrorReport report, PageFrame frame)
    {
        var (first, failure) = (report.Parts[0], report.Failure);
        var title = $"{first.Type}: {first.Message}";
        var names = failure.Copy is null ? "exception, app, services, g" : "exception, request, session, g, app, services";
        return frame.Page($"{(title.Length <= MostTitle ? title : title[..MostTitle] + "…")} · Modular", Functions.Html(
            $"""
            <header class="top">
            <p class="request"><b>{failure.Method}</b> {failure.Url}</p>
            <h1>{LastPart(first.Type)}</h1>
            <p class="type">{first.Type}</p>
            <p class="message">{first.Message}</p>
            <nav>{(frame.Session is null ? Markup.Empty : new Markup("<a href=\"#console\">Console</a> "))}
            <a href="#request">Request</a> <a href="#plain">Plain text</a></nav>
            </header>
            <main>
            {Markup.Empty.Join(report.Parts.Select((part, i) => Part(part, isFirst: i == 0)))}
            {frame.Console(names, open: false)}
            <h2 id="request">Request and application</h2>
            {Markup.Empty.Join(failure.Sections.Select(Table))}
            <details class="plain" id="plain"><summary><h2>Plain text</h2></summary>
            <p><button type="button" class="copy">Copy</button></p><pre class="text" tabindex="0">{TextReport.Of(report)}</pre></details>
            </main>
            <footer><p>Shown by Modular.Debugger to this machine only, because debug is on.</p></footer>
            """));
    }

    static string LastPart(string type) => type[(type.Split('<')[0].LastIndexOf('.') + 1)..];

    static Markup Part(ErrorPart part, bool isFirst) => Functions.Html(
        $"""
        <div class="error">
        {(isFirst ? Markup.Empty : Head(part))}
        {(part.Template is { } template ? Template(template) : Markup.Empty)}
        {Markup.Empty.Join(Frames(part.Frames))}
        </div>
        """);

    static Markup Head(ErrorPart part) => Functions.Html(
        $"<h2><span class=\"role\">{part.Role}</span> {LastPart(part.Type)}</h2>" +
        $"<p class=\"type\">{part.Type}</p><p class=\"message\">{part.Message}</p>");

    static Markup Template(ISourceError error) => Functions.Html(
        $"""
        <div class="frame template"><p class="call"><b>{error.SourceName}</b> <span class="place">{PlaceOf(error)}</span></p>
        {(error.Excerpt.Length == 0 ? Markup.Empty : Excerpt(error.Excerpt))}</div>
        """);

    static string PlaceOf(ISourceError error) => error.Line == 0 ? "template"
        : error.Column == 0 ? $"template, line {error.Line}"
        : $"template, line {error.Line}, column {error.Column}";

    static Markup Excerpt(string excerpt) => Functions.Html(
        $"<pre class=\"source\" tabindex=\"0\">{Markup.Empty.Join(excerpt.Split('\n').Select(ExcerptLine))}</pre>");

    // "> 12 | text", the format of template errors.
    static Markup ExcerptLine(string line)
    {
        var bar = line.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 ? Line("", line, false) : Line(line[1..bar].Trim(), line[(bar + 1)..], line.StartsWith('>'));
    }

    // Framework frames are folded into one line.
    static IEnumerable<Markup> Frames(IReadOnlyList<Frame> frames)
    {
        for (var i = 0; i < frames.Count;)
        {
            var end = i;
            while (end < frames.Count && !frames[end].IsUser) end++;
            if (end > i)
            {
                yield return Folded([.. frames.Skip(i).Take(end - i)]);
                i = end;
                continue;
            }
            yield return User(frames[i++]);
        }
    }

    static Markup Folded(IReadOnlyList<Frame> frames)
    {
        var count = frames.Count.ToString(CultureInfo.InvariantCulture);
        var assemblies = string.Join(", ", frames.Select(frame => frame.Assembly).OfType<string>().Distinct());
        return Functions.Html(
            $"""
            <details class="folded"><summary>{count} {(frames.Count == 1 ? "frame" : "frames")} of {assemblies}</summary>
            <ol>{Markup.Empty.Join(frames.Select(FoldedLine))}</ol></details>
            """);
    }

    static Markup FoldedLine(Frame frame)
    {
        var place = frame.File is null ? "" : $", {Path.GetFileName(frame.File)}:{frame.Line}";
        return Functions.Html($"<li><b>{frame.Method}</b> <span class=\"dim\">{frame.Type}{place}</span></li>");
    }

    static Markup User(Frame frame)
    {
        var source = frame.Source!;
        var note = source.IsEdited
            ? new Markup("<p class=\"note\">The file was edited after the program was built. The line may be wrong.</p>")
            : Markup.Empty;
        var lines = source.Lines.Select((line, i) =>
            Line((source.First + i).ToString(CultureInfo.InvariantCulture), line, source.First + i == source.Failing));
        return Functions.Html(
            $"""
            <details class="frame" open><summary class="call"><b>{frame.Method}</b> <span class="dim">{frame.Type}</span>
            <span class="place" title="{frame.File}">{ShortPath(frame.File!)}:{frame.Line}</span></summary>
            {note}
            <pre class="source" tabindex="0">{Markup.Empty.Join(lines)}</pre></details>
            """);
    }

    static Markup Line(string number, string text, bool isFailing) => Functions.Html(
        $"<span class=\"{(isFailing ? "line failing" : "line")}\"><span class=\"number\">{number}</span><code>{text}\n</code></span>");

    // The last two folders usually identify the file.
    static string ShortPath(string path) => string.Join('/', path.Split('/', '\\').TakeLast(3));

    static Markup Table(Section section)
    {
        var open = new Markup(section.Facts.Count is > 0 and <= 12 && section.Title is not "Configuration" ? " open" : "");
        var note = section.Note ?? (section.Facts.Count == 0 ? "none" : "");
        var rows = Markup.Empty.Join(section.Facts.Select(Row));
        return Functions.Html(
            $"""
            <details class="facts"{open}><summary><h3>{section.Title}</h3> <span class="dim">{note}</span></summary>
            {(section.Facts.Count == 0 ? Markup.Empty : Functions.Html($"<table><tbody>{rows}</tbody></table>"))}</details>
            """);
    }

    static Markup Row(Fact fact) => Functions.Html($"<tr><th scope=\"row\">{fact.Name}</th><td>{Value(fact.Value)}</td></tr>");

    static Markup Value(string value) =>
        value == Masking.Stars ? new("<span class=\"masked\" title=\"masked\">********</span>") : Markup.Escape(value);
}
