namespace Modular;

/// <summary>
/// Reads a whole text as a type, in the invariant culture. .NET's own reading takes <c>1,5</c> for 15, <c>5-</c> for -5, and ignores white space and NULs around.
/// </summary>
public static class StrictText
{
    const NumberStyles Whole = NumberStyles.AllowLeadingSign;
    const NumberStyles Fraction = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    delegate bool Reader<T>(string text, [MaybeNullWhen(false)] out T value);

    /// <summary>True when all of the text is a <typeparamref name="T"/>. Texts and characters are as they are; a type that .NET does not know decides itself.</summary>
    public static bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value) where T : IParsable<T>
    {
        if (Readers<T>.Known is not { } read) return T.TryParse(text, CultureInfo.InvariantCulture, out value);
        value = default;
        return IsWhole(text) && read(text, out value);
    }

    /// <summary>True for a member's name in any case, for its number, and for several of an enum with flags.</summary>
    internal static bool TryParseEnum<T>(string text, out T value) where T : struct, Enum
    {
        value = default;
        // Without flags, "Red,Blue" would be the member whose number is both.
        if (!IsWhole(text) || (text.Contains(',') && !typeof(T).IsDefined(typeof(FlagsAttribute), inherit: false))) return false;
        // What is no member, and no set of them, has a number for a name.
        return Enum.TryParse(text, ignoreCase: true, out value) && IsName(value.ToString());
    }

    static bool IsName(string text) => text[0] == '_' || char.IsLetter(text[0]);

    /// <summary>True when there is something, and nothing to ignore around it.</summary>
    internal static bool IsWhole(string text) => text is [var first, .., var last] ? !IsBlank(first) && !IsBlank(last) : text is [var only] && !IsBlank(only);

    static bool IsBlank(char c) => char.IsWhiteSpace(c) || c == '\0';

    static class Readers<T>
    {
        internal static readonly Reader<T>? Known = (Reader<T>?)ReaderOf(default(T));
    }

    static Delegate? ReaderOf(object? example) => example switch
    {
        int => Number<int>(Whole),
        long => Number<long>(Whole),
        short => Number<short>(Whole),
        byte => Number<byte>(Whole),
        sbyte => Number<sbyte>(Whole),
        ushort => Number<ushort>(Whole),
        uint => Number<uint>(Whole),
        ulong => Number<ulong>(Whole),
        nint => Number<nint>(Whole),
        nuint => Number<nuint>(Whole),
        Int128 => Number<Int128>(Whole),
        UInt128 => Number<UInt128>(Whole),
        BigInteger => Number<BigInteger>(Whole),
        double => Number<double>(Fraction),
        float => Number<float>(Fraction),
        decimal => Number<decimal>(Fraction),
        Half => Number<Half>(Fraction),
        bool => (Reader<bool>)bool.TryParse,
        Guid => (Reader<Guid>)Guid.TryParse,
        TimeSpan => (Reader<TimeSpan>)((text, out value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value)),
        TimeOnly => (Reader<TimeOnly>)((text, out value) => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out value)),
        DateOnly => Date((string text, out DateOnly value) => DateOnly.TryParse(text, CultureInfo.InvariantCulture, out value)),
        DateTime => Date((string text, out DateTime value) => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out value)),
        DateTimeOffset => Date((string text, out DateTimeOffset value) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value)),
        _ => null,
    };

    static Reader<T> Number<T>(NumberStyles style) where T : INumberBase<T> =>
        (string text, [MaybeNullWhen(false)] out T value) => T.TryParse(text, style, CultureInfo.InvariantCulture, out value);

    // 2026-01-31…: "1,5" would be the 5th of January of this year, and 10:30 today.
    static Reader<T> Date<T>(Reader<T> reader) => (string text, [MaybeNullWhen(false)] out T value) =>
    {
        value = default;
        return text is [_, _, _, _, '-', _, _, '-', _, _, ..] && !text.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9') && reader(text, out value);
    };
}
