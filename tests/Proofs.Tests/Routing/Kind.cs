using System.Globalization;
using System.Numerics;

namespace Modular.Proofs.Routing;

/// <summary>A built-in converter as a rule writes it, with all that the naive matcher and the generators must know of it.</summary>
/// <param name="Text">The text before the variable's name, with its colon; empty for the default.</param>
/// <param name="Pattern">Werkzeug's regular expression.</param>
/// <param name="Weight">As Werkzeug weighs it.</param>
/// <param name="Fitting">Texts that often match.</param>
/// <param name="Values">Values to build URLs from.</param>
/// <param name="Accepts">The check after matching; null accepts everything.</param>
sealed record Kind(string Text, string Pattern, int Weight, Gen<string> Fitting, Gen<object> Values, Func<string, bool>? Accepts = null)
{
    internal bool IsFinal => Weight == 200;

    static readonly Gen<string> Words = Pick.Of("a", "b", "ab", "x-y", "a.b", "1", "12", "ü", "a b", "-", "%", "A", "+");
    static readonly Gen<string> Numbers = Pick.Of("0", "1", "2", "7", "12", "007", "٤", "123456789012", "98765432109876543210");
    static readonly Gen<string> Fractions = Pick.Of("0.0", "1.5", "2.25", "12.0", "٤.٢", "007.50", "1.5.1");
    static readonly Gen<string> Paths = Pick.Of("a", "a/b", "ab/12/x-y", "a.b", "a//b", "a/", "b/a/b", "1/2");
    static readonly Gen<object> Texts = Gen.OneOf(Words.AsObject(), Pick.Of<object>("a/b", "a?b#c", "ü b", "~!$&'()*,;=:@", 5, "//x", 2.5));
    static readonly Gen<object> Wholes = Pick.Of<object>(0, 1, 2, 5, 7, 12, 123, -3, 9_876_543_210L, BigInteger.Pow(10, 25), "12", "x", 2.5);
    static readonly Gen<object> Doubles = Pick.Of<object>(0.5, 1.5, 2.25, 0.001, 1234567.125, -1.5, 7, "2.5", "x");

    static readonly Kind Default = new("", "[^/]{1,}", 100, Words, Texts);
    static readonly Kind Whole = new("int:", @"\d+", 50, Numbers, Wholes);
    static readonly Kind Fraction = new("float:", @"\d+\.\d+", 50, Fractions, Doubles);

    internal static readonly Kind[] All =
    [
        Default,
        Default with { Text = "string(length=2):", Pattern = "[^/]{2}" },
        Default with { Text = "string(minlength=2):", Pattern = "[^/]{2,}" },
        Default with { Text = "string(minlength=1, maxlength=3):", Pattern = "[^/]{1,3}" },
        Whole,
        Whole with { Text = "int(signed=True):", Pattern = @"-?\d+", Fitting = Gen.OneOf(Numbers, Pick.Of("-1", "-12")) },
        Whole with { Text = "int(3):", Accepts = text => text.Length == 3 },
        Whole with { Text = "int(min=2, max=9):", Accepts = text => Number(text) is >= 2 and <= 9 },
        Fraction,
        Fraction with { Text = "float(signed=True):", Pattern = @"-?\d+\.\d+", Fitting = Gen.OneOf(Fractions, Gen.Const("-1.5")) },
        Fraction with { Text = "float(max=2.5):", Accepts = text => Number(text) <= 2.5 },
        Any("ab", "a"),
        Any("a", "ab", "a.b"),
        new("path:", "[^/].*?", 200, Paths, Pick.Of<object>("a", "a/b", "a//b", "/a", "a/", "ü?b", "a b", 7)),
        new("uuid:", "[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}", 100,
            Pick.Of("550e8400-e29b-41d4-a716-446655440000", "550E8400-E29B-41D4-A716-446655440000", "550e8400-e29b-41d4-a716-44665544000g"),
            Pick.Of<object>(new Guid("550e8400-e29b-41d4-a716-446655440000"))),
    ];

    static Kind Any(params string[] choices) => new(
        $"any({string.Join(", ", choices.Select(choice => choice.Contains('.') ? $"\"{choice}\"" : choice))}):",
        $"(?:{string.Join('|', choices.Select(System.Text.RegularExpressions.Regex.Escape))})",
        100,
        Pick.Of(choices),
        Gen.OneOf(Pick.Of(choices).AsObject(), Gen.Const<object>("zz")));

    static double Number(string text) =>
        double.Parse(string.Concat(text.Select(c => c is >= '٠' and <= '٩' ? (char)(c - '٠' + '0') : c)), CultureInfo.InvariantCulture);
}
