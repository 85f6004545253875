using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mono.Cecil;

namespace Modular.Architecture.Tests;

// A culture doesn't change responses: code that reads or writes numbers and dates states the culture. The analyzers CA1304, CA1305, CA1310 and CA1311 find the rest.
public sealed partial class CultureTests
{
    static readonly HashSet<string> Styled =
    [
        "byte", "sbyte", "short", "ushort", "int", "uint", "long", "ulong", "nint", "nuint", "float", "double", "decimal", "Byte", "SByte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64",
        "Int128", "UInt128", "IntPtr", "Single", "Double", "Decimal", "Half", "BigInteger", "Complex", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly",
    ];

    // Whose type is a parameter, and the reason. Each must still be needed.
    static readonly Dictionary<string, string> Agreed = new()
    {
        ["src/Core/Text/StrictText.cs"] = "a type of the application's own, which has no styles",
        ["src/Core/Routing/BuiltInConverters.cs"] = "digits that the converter has looked at",
    };

    // An object may be any of them.
    static readonly HashSet<string> Formatted = ["Object", "Double", "Single", "Decimal", "Half", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly"];

    [Fact]
    public void Code_that_parses_a_number_or_a_date_states_the_style_and_the_invariant_culture()
    {
        var silent =
            from source in Source.All
            from call in Parses(source)
            where Styled.Contains(call.Type) && !IsStated(source, call.Arguments)
            select $"{source.File}: {call.Text}";

        Findings.None(silent);
    }

    [Fact]
    public void Code_that_parses_an_unknown_type_states_the_style_or_has_a_reason()
    {
        var silent = Source.All
            .Where(source => Parses(source).Any(call => TypeParameter().IsMatch(call.Type) && !IsStated(source, call.Arguments)))
            .Select(source => source.File);

        Assert.Equal(string.Join("\n", Agreed.Keys.Order(StringComparer.Ordinal)), string.Join("\n", silent));
    }

    // The analyzers don't check $"{price}".
    [Fact]
    public void No_interpolated_text_has_a_number_or_a_date_in_the_culture_of_the_thread()
    {
        var places =
            from package in Package.All
            from type in package.Module.Types.SelectMany(Uses.WithNested)
            from method in type.Methods
            where method.HasBody
            let calls = method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>()
                .Where(called => called.DeclaringType.Name == "DefaultInterpolatedStringHandler").ToList()
            where calls.Any(called => called.Name == ".ctor" && called.Parameters.Count == 2)
            from called in calls.OfType<GenericInstanceMethod>()
            where called.Name == "AppendFormatted" && Formatted.Contains(Bare(called.GenericArguments[0]))
            select $"{method.FullName}: {Bare(called.GenericArguments[0])}";

        Findings.None(places);
    }

    static string Bare(TypeReference type) => type is GenericInstanceType { Name: "Nullable`1" } nullable ? nullable.GenericArguments[0].Name : type.Name;

    static IEnumerable<(string Type, string Arguments, string Text)> Parses(Source source) =>
        from call in source.Root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        let member = call.Expression as MemberAccessExpressionSyntax
        where member?.Name.Identifier.Text is "Parse" or "TryParse" or "ParseExact" or "TryParseExact"
        select (member.Expression.ToString().Split('.')[^1], call.ArgumentList.ToString(), call.ToString());

    static bool IsStated(Source source, string arguments) => Style().IsMatch(arguments)
        && (arguments.Contains("CultureInfo.InvariantCulture", StringComparison.Ordinal)
            || Alias().Matches(source.Text).Any(alias => Regex.IsMatch(arguments, $@"\b{alias.Groups[1].Value}\b")));

    [GeneratedRegex(@"\b(NumberStyles|DateTimeStyles)\.|\b[Ss]tyle\b|\bDecimal\b")]
    private static partial Regex Style();

    [GeneratedRegex(@"\bCultureInfo (\w+) = CultureInfo\.InvariantCulture;")]
    private static partial Regex Alias();

    [GeneratedRegex("^T([A-Z]|$)")]
    private static partial Regex TypeParameter();
}
