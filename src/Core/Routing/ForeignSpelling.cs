namespace Modular;

/// <summary>Variables written as in other frameworks. In a rule they would be fixed text, and the rule would match nothing.</summary>
static partial class ForeignSpelling
{
    /// <summary>Looks at text of a rule that is outside of its variables.</summary>
    /// <param name="rule">The whole rule.</param>
    /// <param name="at">Where the fixed text starts.</param>
    /// <param name="length">How long it is.</param>
    /// <exception cref="ModularException">It has a variable in another spelling.</exception>
    internal static void Check(string rule, int at, int length)
    {
        var what = $"The rule \"{rule}\"";
        CheckBraces(what, rule, at, length);
        if (at > 0 && rule[at - 1] != '/') return;
        if (Colon.Match(rule, at, rule.Length - at) is { Success: true } colon) throw Refuse(
            what, colon.Value, "Express's", $"<{colon.Groups["name"].Value}>", colon.Value.EndsWith('?'));
        if (Star.Match(rule, at, rule.Length - at) is { Success: true } star) throw Refuse(
            what, star.Value, "Express's", $"<path:{Name(star)}>", isOptional: false);
    }

    /// <summary>Looks for <c>{name}</c> in fixed text.</summary>
    /// <param name="what">What has the text: the start of the error message.</param>
    /// <param name="text">All of the text.</param>
    /// <param name="at">Where to start.</param>
    /// <param name="length">How far a brace may open.</param>
    /// <exception cref="ModularException">There is one.</exception>
    internal static void CheckBraces(string what, string text, int at, int length)
    {
        for (var open = text.IndexOf('{', at, length); open >= 0; open = text.IndexOf('{', open + 1, at + length - open - 1))
        {
            if (Braces.Match(text, open, text.Length - open) is not { Success: true } found) continue;
            var constraint = found.Groups["constraint"];
            var converter = found.Groups["all"].Length > 0 ? "path" : constraint.Success ? ConverterOf(constraint.Value, found.Groups["arguments"].Value) : null;
            throw Refuse(what, found.Value, "ASP.NET's", converter is null ? $"<{Name(found)}>" : $"<{converter}:{Name(found)}>", found.Groups["optional"].Success);
        }
    }

    /// <summary>The converter for what other frameworks call <c>int</c>, <c>guid</c> and the like; null when there is none, and text will do.</summary>
    internal static string? ConverterOf(string constraint, string arguments = "") => constraint switch
    {
        "min" or "max" when arguments.Length > 0 => $"int({constraint}={arguments})",
        "minlength" or "maxlength" or "length" when arguments.Length > 0 && !arguments.Contains(',') => $"string({constraint}={arguments})",
        "int" or "integer" or "long" or "min" or "max" or "range" => "int",
        "float" or "double" or "decimal" => "float",
        "guid" or "uuid" => "uuid",
        "path" => "path",
        "str" or "string" => "string",
        _ => null,
    };

    static string Name(Match found) => found.Groups["name"] is { Length: > 0 } name ? name.Value : "rest";

    static ModularException Refuse(string what, string found, string whose, string instead, bool isOptional) => new(
        $"{what} has \"{found}\", which is {whose} spelling of a variable. Write \"{instead}\"{(isOptional ? ", and a second rule without it" : "")}.");

    // {id}, {id:int}, {id:int:min(1)}, {id?}, {id=5}, {*rest}, {**rest}; also when the closing brace was forgotten.
    [GeneratedRegex(@"\G\{\s*(?<all>\*{0,2})(?<name>[A-Za-z_]\w*)\s*(:\s*(?<constraint>\w+)(\((?<arguments>[\w,]*)\))?)?[^{}/<?=]*(?<optional>[?=][^{}/<]*)?\}?", RegexOptions.ExplicitCapture)]
    static partial Regex Braces { get; }

    // :id, :id?, :id(\d+), where a part of the path starts.
    [GeneratedRegex(@"\G:(?<name>[A-Za-z_]\w*)(\([^/<]*\))?\??", RegexOptions.ExplicitCapture)]
    static partial Regex Colon { get; }

    // * and *rest as a whole part of the path.
    [GeneratedRegex(@"\G\*{1,2}(?<name>([A-Za-z_]\w*)?)(?=/|\z)", RegexOptions.ExplicitCapture)]
    static partial Regex Star { get; }
}
