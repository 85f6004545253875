namespace Modular;

/// <summary>Variables written as in other frameworks. In a rule they would be fixed text, and the rule would match nothing.</summary>
static partial class ForeignSpelling
{
    /// <summary>Looks at fixed text of a rule, from <paramref name="at"/> on.</summary>
    /// <param name="what">What has the text: the start of the error message.</param>
    internal static void Check(string what, string text, int at, int length)
    {
        if (Variable.Match(text, at) is not { Success: true } found || found.Index >= at + length) return;
        var name = found.Groups["name"] is { Length: > 0 } given ? given.Value : "rest";
        var converter = found.Groups["all"].Length > 0 ? "path" : ConverterOf(found.Groups["constraint"].Value);
        var more = found.Groups["optional"].Success ? ", and a second rule without it" : "";
        throw new ModularException(
            $"{what} has \"{found.Value}\", which is {(found.Value[0] == '{' ? "ASP.NET's" : "Express's")} spelling of a variable."
            + $" Write \"<{(converter is null ? "" : converter + ":")}{name}>\"{more}.");
    }

    /// <summary>The converter for what other frameworks call <c>int</c>, <c>guid</c> and the like; null when text will do.</summary>
    internal static string? ConverterOf(string constraint) => constraint switch
    {
        "int" or "integer" or "long" or "min" or "max" or "range" => "int",
        "float" or "double" or "decimal" => "float",
        "guid" or "uuid" => "uuid",
        "path" => "path",
        "str" or "string" => "string",
        _ => null,
    };

    // {id}, {id:int}, {id:int:min(1)}, {id?}, {id=5}, {*rest}, also when the closing brace was forgotten;
    // and where a part of the path starts: :id, :id?, :id(\d+), *, *rest.
    [GeneratedRegex(
        @"\{\s*(?<all>\*{0,2})(?<name>[A-Za-z_]\w*)\s*(:\s*(?<constraint>\w+)(\([\w,]*\))?)?[^{}/<?=]*(?<optional>[?=][^{}/<]*)?\}?"
        + @"|(?<=\A|/)(:(?<name>[A-Za-z_]\w*)(\([^/<]*\))?(?<optional>\?)?|(?<all>\*{1,2})(?<name>([A-Za-z_]\w*)?)(?=/|\z))",
        RegexOptions.ExplicitCapture)]
    static partial Regex Variable { get; }
}
