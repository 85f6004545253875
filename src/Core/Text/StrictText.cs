namespace Modular;

/// <summary>Reads a whole text in the invariant culture. .NET reads <c>1,5</c> as 15 and <c>5-</c> as -5, and skips blanks.</summary>
public static class StrictText
{
    /// <summary>True when all of the text is a <typeparamref name="T"/>. Types outside .NET decide for themselves.</summary>
    public static bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value) where T : IParsable<T>
    {
        object? read = default(T) switch
        {
            var example when !Fits(text, example) => null,
            // The default styles of these three accept other texts.
            decimal => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            DateTime => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time : null,
            DateTimeOffset => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
                ? moment : null,
            _ => T.TryParse(text, CultureInfo.InvariantCulture, out var other) ? other : null,
        };
        value = read is T found ? found : default;
        return read is T;
    }

    static bool Fits(string text, object? example) => example switch
    {
        int or long or short or byte or sbyte or ushort or uint or ulong or nint or nuint or Int128 or UInt128 => IsWhole(text),
        BigInteger or bool or Guid or TimeSpan or TimeOnly => IsWhole(text),
        double or float or Half or decimal => IsWhole(text) && !text.Contains(','),
        // 2026-01-31…: "1,5" would be the 5th of January of this year, and 10:30 today.
        DateOnly or DateTime or DateTimeOffset => IsWhole(text) && text is [_, _, _, _, '-', _, _, '-', _, _, ..]
            && !text.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9'),
        _ => true,
    };

    /// <summary>True for a member's name in any case, for its number, and for several of an enum with flags.</summary>
    internal static bool TryParseEnum<T>(string text, out T value) where T : struct, Enum
    {
        value = default;
        // Without flags, "Red,Blue" would be the member with the combined number.
        if (!IsWhole(text) || (text.Contains(',') && !typeof(T).IsDefined(typeof(FlagsAttribute), inherit: false))) return false;
        // A number that isn't a member, or a set of them, has itself as its name.
        return Enum.TryParse(text, ignoreCase: true, out value)
            && value.ToString() is [var first, ..] && (first == '_' || char.IsLetter(first));
    }

    internal static bool IsWhole(string text) => text.Length > 0 && text.Trim().Trim('\0').Length == text.Length;
}
