using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Modular.Docs.Tests;

/// <summary>Compiles a snippet as a program that references the packages, with their global usings.</summary>
static partial class SnippetCompiler
{
    // The SDK's ImplicitUsings, and the test framework of the pages about testing.
    const string OfTheSdk = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Xunit;

        """;

    static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14);

    static readonly CSharpCompilationOptions Options =
        new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);

    static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(OfTheSdk + OfThePackages(), Language, "Usings.cs");

    // All programs begin with it, because the compiler then reads the references once.
    static readonly CSharpCompilation Empty = CSharpCompilation.Create("Snippet", [Usings],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)), Options);

    /// <summary>The errors and warnings about null, each with its line of the page.</summary>
    internal static IReadOnlyList<string> Compile(Snippet snippet)
    {
        var program = CSharpSyntaxTree.ParseText(Program(snippet), Language, snippet.Page);
        var compilation = Empty.AddSyntaxTrees(program);
        return
        [
            .. compilation.GetDiagnostics()
                .Where(d => d.Severity == DiagnosticSeverity.Error || d.Id.StartsWith("CS86", StringComparison.Ordinal))
                .Select(d => $"{d.Location.GetMappedLineSpan().Path}:{d.Location.GetMappedLineSpan().StartLinePosition.Line + 1}: {d.Id} {d.GetMessage()}"),
        ];
    }

    /// <summary>The application that a snippet creates, in this process; it isn't run.</summary>
    internal static ModularApp Load(Snippet snippet)
    {
        var text = $"public static class Made {{ public static Modular.ModularApp Make() {{ {snippet.Prelude}\n{Run().Replace(snippet.Code, "")}\nreturn app; }} }}";
        var compilation = Empty.WithAssemblyName("Loaded").WithOptions(Options.WithOutputKind(OutputKind.DynamicallyLinkedLibrary)).AddSyntaxTrees(CSharpSyntaxTree.ParseText(text, Language));
        using var program = new MemoryStream();
        var result = compilation.Emit(program);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return (ModularApp)System.Reflection.Assembly.Load(program.ToArray()).GetType("Made")!.GetMethod("Make")!.Invoke(null, null)!;
    }

    [GeneratedRegex(@"^app\.Run\(.*\);$", RegexOptions.Multiline)]
    private static partial Regex Run();

    // A using directive must be before the prelude.
    static string Program(Snippet snippet)
    {
        var lines = snippet.Code.Split('\n');
        var directives = lines.TakeWhile(line => line.Length == 0 || line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=')).Count();
        return $"""
            {string.Join('\n', lines[..directives])}
            {snippet.Prelude}
            #line {snippet.Line + directives} "{snippet.Page}"
            {string.Join('\n', lines[directives..])}
            """;
    }

    static string OfThePackages() => string.Join('\n',
        from props in Repository.Files("src", "*.props")
        where props.Contains("/buildTransitive/", StringComparison.Ordinal)
        from word in XDocument.Parse(Repository.Read(props)).Descendants("Using")
        select $"global using {((string?)word.Attribute("Static") == "true" ? "static " : "")}{(string?)word.Attribute("Include")};");
}
