using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Modular.Docs.Tests;

namespace Modular.Generators.Tests;

// The docs teach code without findings, apart from the page about the findings.
[Trait("category", "docs")]
public sealed class DocsTests
{
    const string Page = "docs/analyzers.md";

    static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
        [new RuleAnalyzer(), new ViewAnalyzer(), new HtmlAnalyzer(), new UrlAnalyzer(), new OutsideAnalyzer(), new OrderAnalyzer(), new SecretAnalyzer(), new PackageAnalyzer()];

    // What a page shows as a mistake.
    static readonly HashSet<(string Page, string Id)> OnPurpose = [("docs/context-locals.md", "MOD005"), ("docs/errors.md", "MOD001")];

    static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText("""
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;

        """ + string.Join('\n',
            from props in Repository.Files("src", "*.props")
            where props.Contains("/buildTransitive/", StringComparison.Ordinal)
            from word in XDocument.Parse(Repository.Read(props)).Descendants("Using")
            select $"global using {((string?)word.Attribute("Static") == "true" ? "static " : "")}{(string?)word.Attribute("Include")};"), Programs.Language, "Usings.cs");

    static readonly CSharpCompilation Empty = Programs.Empty.RemoveAllSyntaxTrees().AddSyntaxTrees(Usings);

    static readonly IReadOnlyList<Snippet> All = [.. Repository.Pages.SelectMany(Snippet.Of)];

    public static TheoryData<string> Pages => [.. Repository.Pages.Where(page => page != Page && Snippet.Of(page).Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_snippets_of_a_page_have_no_findings(string page)
    {
        List<string> found = [];
        foreach (var snippet in All.Where(snippet => snippet.Page == page))
            foreach (var diagnostic in await FindingsIn(snippet))
                if ((!IsPart(snippet) || diagnostic.Id is not ("MOD004" or "MOD009")) && !OnPurpose.Contains((page, diagnostic.Id)))
                    found.Add($"{snippet}: {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)} in {diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)}");

        Findings.None(found);
    }

    // The rest of the program installs the plugins and adds the endpoints.
    static bool IsPart(Snippet snippet) => !snippet.Code.Contains("var app =", StringComparison.Ordinal) || !snippet.Code.Contains("app.Run(", StringComparison.Ordinal);

    static async Task<ImmutableArray<Diagnostic>> FindingsIn(Snippet snippet)
    {
        var lines = snippet.Code.Split('\n');
        var directives = lines.TakeWhile(line => line.Length == 0 || line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=')).Count();
        var program = CSharpSyntaxTree.ParseText($"{string.Join('\n', lines[..directives])}\n{snippet.Prelude}\n{string.Join('\n', lines[directives..])}", Programs.Language, "Program.cs");
        CSharpGeneratorDriver.Create([new UrlsGenerator().AsSourceGenerator()], parseOptions: Programs.Language).RunGeneratorsAndUpdateCompilation(
            Empty.AddSyntaxTrees(program),
            out var compilation, out _);
        return await compilation.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync();
    }
}
