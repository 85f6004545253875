using System.Text.RegularExpressions;

namespace Modular.Docs.Tests;

public sealed partial class LinkTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file_and_its_anchor_to_a_heading()
    {
        var dead = Repository.Pages.SelectMany(page => LinksOf(page).Where(link => !Leads(page, link)).Select(link => $"{page}: {link}"));

        Findings.None(dead);
    }

    static IEnumerable<string> LinksOf(string page) =>
        Link().Matches(WithoutCode(Repository.Read(page))).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal));

    static bool Leads(string page, string link)
    {
        var (path, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
        var target = path.Length == 0 ? page : Resolve(Path.GetDirectoryName(page) ?? "", path);
        return Repository.Exists(target) && (anchor is null || HeadingsOf(target).Contains(anchor));
    }

    static string Resolve(string folder, string path) =>
        Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", folder, path))).Replace('\\', '/');

    // As GitHub makes anchors of headings.
    static IEnumerable<string> HeadingsOf(string page) =>
        Repository.Read(page).Split('\n').Where(line => line.StartsWith('#'))
            .Select(line => NoAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    static string WithoutCode(string text) => Fence().Replace(text, "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
