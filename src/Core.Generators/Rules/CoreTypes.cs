// What the core's parser knows of the rest of the core, as much as a rule's text needs.
namespace Modular
{
    sealed class ModularException(string message) : Exception(message);

    static class StrictText
    {
        internal static bool TryParse<T>(string text, out T value)
        {
            object? read = text.Length == 0 || text.Trim().Trim('\0').Length != text.Length ? null
                : typeof(T) == typeof(long) ? long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) ? whole : null
                : typeof(T) == typeof(double) ? Real(text)
                : bool.TryParse(text, out var flag) ? flag : null;
            value = read is T found ? found : default!;
            return read is T;
        }

        static object? Real(string text) => !text.Contains(',')
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

namespace Modular.Routing
{
    partial class RuleParser
    {
        static readonly Regex TokenOfCore = GeneratedRegexAttribute.Of<RuleParser>(nameof(Token));
        static readonly Regex ForeignOfCore = GeneratedRegexAttribute.Of<RuleParser>(nameof(Foreign));

        static partial Regex Token => TokenOfCore;
        static partial Regex Foreign => ForeignOfCore;
    }

    partial class ConverterArguments
    {
        static readonly Regex ArgumentOfCore = GeneratedRegexAttribute.Of<ConverterArguments>(nameof(Argument));

        static partial Regex Argument => ArgumentOfCore;
    }

    /// <summary>A variable's converter, by its name and arguments.</summary>
    sealed class UrlConverter(string name, string arguments)
    {
        internal string Name { get; } = name;
        internal string Arguments { get; } = arguments;
        internal string[] Choices { get; init; } = [];
        internal bool IsCustom { get; init; }
        internal bool PartIsolating => Name != "path";

        /// <summary>The type of the value that the view gets; null for one that only the application knows.</summary>
        internal SpecialType? ValueType => IsCustom || Name == "uuid" ? null
            : Name == "int" ? SpecialType.System_Int32 : Name == "float" ? SpecialType.System_Double : SpecialType.System_String;
    }

    sealed class RoutePart
    {
        internal RoutePart(List<RuleToken> tokens, List<UrlConverter> converters, bool isFinal, bool isSuffixed, string rule) { }
    }

    /// <summary>The built-in converters with the checks of their arguments. Any other name may be one of the application's own.</summary>
    sealed class ConverterTable
    {
        internal const string Default = "default";
        internal static readonly string[] BuiltIn = [Default, "string", "any", "path", "int", "float", "uuid"];

        internal UrlConverter Create(string name, string arguments, string rule)
        {
            if (!BuiltIn.Contains(name)) return new(name, arguments) { IsCustom = true };
            var given = new ConverterArguments(name, rule, arguments);
            string[] choices = [];
            switch (name)
            {
                case "any":
                    choices = given.AllTexts();
                    if (choices.Length == 0) throw given.Error("has nothing to choose from", "(about, help)");
                    break;
                case "path" or "uuid":
                    given.Allow();
                    break;
                case "int":
                    given.Allow("fixed_digits", "min", "max", "signed");
                    (_, _, _, _) = (given.Flag("signed"), given.Whole("fixed_digits"), given.Whole("min"), given.Whole("max"));
                    break;
                case "float":
                    given.Allow("min", "max", "signed");
                    (_, _, _) = (given.Flag("signed"), given.Number("min"), given.Number("max"));
                    break;
                default:
                    given.Allow("minlength", "maxlength", "length");
                    var exact = given.Whole("length");
                    var (shortest, longest) = (exact ?? given.Whole("minlength") ?? 1, exact ?? given.Whole("maxlength") ?? int.MaxValue);
                    if (shortest < 1 || longest < shortest || longest > int.MaxValue) throw given.Error(
                        "can never match: its lengths must be at least 1, and minlength not above maxlength", "(minlength=1, maxlength=20)");
                    break;
            }
            return new(name, arguments) { Choices = choices };
        }

        /// <summary>The core's message for a converter that no one added.</summary>
        internal static string Unknown(string name, string rule, IEnumerable<string> known)
        {
            var names = known.ToArray();
            var remedy = Suggest.DidYouMean(name, names) is { Length: > 0 } hint ? hint
                : $" Add it first, or use one of {string.Join(", ", names.OrderBy(one => one, StringComparer.Ordinal))}.";
            return $"The rule \"{rule}\" names the unknown converter \"{name}\".{remedy}";
        }
    }
}
