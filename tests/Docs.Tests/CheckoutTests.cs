using System.Text;
using System.Text.RegularExpressions;

namespace Modular.Docs.Tests;

/// <summary>A clone is the same on Linux, macOS and Windows.</summary>
public sealed partial class CheckoutTests
{
    // A clone in a folder of a user fits into the 260 characters of a path on Windows.
    const int Longest = 180;

    static readonly IReadOnlyList<string> Files =
    [
        .. Repository.Files(".", "*").Where(file => !file.Split('/').Any(part => part is ".git" or "artifacts" or "TestResults" or "BenchmarkDotNet.Artifacts" or ".vs" or ".idea" or "node_modules")),
    ];

    [Fact]
    public void Every_name_is_allowed_on_every_system()
    {
        Assert.DoesNotContain(Files, file => NotOnWindows().IsMatch(file) || file.Length > Longest);
        // macOS may return an accented letter as two characters.
        Assert.All(Files, file => Assert.True(file.IsNormalized(NormalizationForm.FormC), file));
    }

    [Fact]
    public void No_two_names_differ_only_in_case() =>
        Assert.Empty(Files.GroupBy(file => file, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => string.Join(" and ", group)));

    [Theory]
    [InlineData("con.txt", true)]
    [InlineData("a/NUL", true)]
    [InlineData("a/com1.tar.gz", true)]
    [InlineData("a/what?.txt", true)]
    [InlineData("a/b:c", true)]
    [InlineData("a/dot.", true)]
    [InlineData("blank /a", true)]
    [InlineData("a\\b", true)]
    [InlineData("a/contents.txt", false)]
    [InlineData(".github/workflows/build.yml", false)]
    [InlineData("static/ümläut.txt", false)]
    public void Names_that_Windows_refuses_are_known(string name, bool refused) => Assert.Equal(refused, NotOnWindows().IsMatch(name));

    [Fact]
    public void Scripts_and_text_have_LF_line_endings()
    {
        var exceptions = Repository.Read(".gitattributes").Split('\n').Where(line => line.EndsWith(" -text", StringComparison.Ordinal) || line.EndsWith(" binary", StringComparison.Ordinal))
            .Select(line => Pattern(line.Split(' ')[0])).ToList();

        var wrong = Files.Where(file => !exceptions.Any(pattern => pattern.IsMatch(file)) && File.ReadAllBytes(Repository.Full(file)) is var bytes
            && bytes.AsSpan().Contains((byte)'\r') && !bytes.AsSpan().Contains((byte)0));

        Assert.Contains("* text=auto eol=lf", Repository.Read(".gitattributes").Split('\n'));
        Assert.Contains("end_of_line = lf", Repository.Read(".editorconfig").Split('\n'));
        Assert.Empty(wrong);
    }

    // "*.png" is about names in all folders, "a/**" about all below a.
    static Regex Pattern(string glob) => new(glob.Contains('/', StringComparison.Ordinal)
        ? $"^{Regex.Escape(glob).Replace(@"\*\*", ".*", StringComparison.Ordinal)}$" : $"(^|/){Regex.Escape(glob).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$");

    [GeneratedRegex(@"[<>:""|?*\\\x00-\x1f]|[. ](/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.[^/]*)?(/|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotOnWindows();
}
