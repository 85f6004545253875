using System.Globalization;
using System.Xml.Linq;

namespace Modular.Eng;

/// <summary>The results of one project.</summary>
sealed record TestRun(TestProject Project, TimeSpan Time, int Passed, IReadOnlyList<string> Failures, IReadOnlyList<SkippedTest> Skipped)
{
    /// <summary>Reads xunit's results. A project without results has failed.</summary>
    internal static TestRun Read(TestProject project, string xml, IReadOnlyList<string> output, TimeSpan time)
    {
        if (!File.Exists(xml) || Load(xml) is not { } results)
            return new(project, time, 0, [$"{project.Name} wrote no results. The end of its output:\n{string.Join('\n', output.TakeLast(40))}"], []);
        var tests = results.Descendants("test").ToLookup(test => (string?)test.Attribute("result"));
        return new(project, time, tests["Pass"].Count(),
            [.. tests["Fail"].Select(Failure), .. results.Descendants("error").Select(error => $"{project.Name}: {(string?)error.Attribute("name")}\n{Details(error)}")],
            [.. tests["Skip"].Select(test => new SkippedTest((string?)test.Attribute("name") ?? "", test.Element("reason")?.Value ?? "", Needs(test)))]);
    }

    // A process that was stopped leaves half a file.
    static XElement? Load(string xml)
    {
        try
        {
            return XElement.Load(xml);
        }
        catch (System.Xml.XmlException)
        {
            return null;
        }
    }

    static string Failure(XElement test)
    {
        var seconds = double.Parse((string?)test.Attribute("time") ?? "0", CultureInfo.InvariantCulture);
        var output = test.Element("output")?.Value.Trim() is { Length: > 0 } text ? $"\n  Output:\n{text}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{(string?)test.Attribute("name")} ({seconds:0.0} s)\n{Details(test)}{output}");
    }

    static string Details(XElement test) => string.Join('\n', test.Descendants("failure").Elements().Select(element => element.Value.TrimEnd()));

    static string[] Needs(XElement test) => [.. test.Descendants("trait").Where(trait => (string?)trait.Attribute("name") == "needs").Select(trait => (string?)trait.Attribute("value") ?? "")];
}

/// <summary>A test that was skipped, and the tools that it needs.</summary>
sealed record SkippedTest(string Name, string Reason, IReadOnlyList<string> Needs);
