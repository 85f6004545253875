using System.Globalization;
using System.Numerics;

namespace Modular.Templating.Jinja;

/// <summary>Numbers as in Python: integers of any size, true division, and the sign of the divisor for a modulus.</summary>
static class Num
{
    const int MaxBits = 65_536;
    const int FirstBoxed = -128;
    const int LastBoxed = 1023;

    static readonly object[] Boxed = [.. Enumerable.Range(FirstBoxed, LastBoxed - FirstBoxed + 1).Select(number => (object)number)];

    internal static object Box(long value) =>
        value is >= FirstBoxed and <= LastBoxed ? Boxed[value - FirstBoxed]
        : value is >= int.MinValue and <= int.MaxValue ? (int)value
        : value;

    internal static object Box(BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue) return Box((long)value);
        if (value.GetBitLength() > MaxBits) throw JinjaError.Limit(
            $"A number is larger than {MaxBits} bits. Calculate it in the view.");
        return value;
    }

    internal static bool IsNumber(object? value) => value is bool || TemplateComparison.IsNumber(value);

    internal static bool IsFloat(object? value) => value is double or float or decimal or Half;

    internal static bool IsInt(object? value) => IsNumber(value) && !IsFloat(value);

    /// <summary>An integer that fits in 64 bits. Booleans are integers in Python.</summary>
    internal static bool TryLong(object? value, out long number)
    {
        switch (value)
        {
            case int small: number = small; return true;
            case long large: number = large; return true;
            case bool flag: number = flag ? 1 : 0; return true;
            case short or byte or sbyte or ushort or uint:
                number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
                return true;
            case ulong large when large <= long.MaxValue: number = (long)large; return true;
            case BigInteger big when big >= long.MinValue && big <= long.MaxValue: number = (long)big; return true;
            case Int128 or UInt128 or nint or nuint when ToBig(value) is var big && big >= long.MinValue && big <= long.MaxValue:
                number = (long)big;
                return true;
            default: number = 0; return false;
        }
    }

    internal static BigInteger ToBig(object value) => value switch
    {
        BigInteger big => big,
        Int128 big => big,
        UInt128 big => big,
        nint native => native,
        nuint native => native,
        ulong large => large,
        bool flag => flag ? 1 : 0,
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
    };

    internal static double ToDouble(object value)
    {
        switch (value)
        {
            case double number: return number;
            case int number: return number;
            case bool flag: return flag ? 1 : 0;
            case Half half: return (double)half;
            case BigInteger or Int128 or UInt128 or nint or nuint:
                var result = Nearest(ToBig(value));
                return double.IsInfinity(result) ? throw new JinjaError("int too large to convert to float") : result;
            default: return Convert.ToDouble(value, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The nearest double. Half goes to the even one. .NET cuts the rest off.</summary>
    static double Nearest(BigInteger value)
    {
        const int Bits = 53;
        var more = (int)value.GetBitLength() - Bits;
        if (more <= 0) return (double)value;
        var power = BigInteger.One << more;
        var rounded = NumberFormat.RoundWhole(value, power);
        return (double)rounded;
    }

    internal static object Add(object left, object right) =>
        left is int a && right is int b ? Box((long)a + b)
        : Either(left, right, (x, y) => x + y, (x, y) => x + y, (x, y) => x + y);

    internal static object Subtract(object left, object right) =>
        left is int a && right is int b ? Box((long)a - b)
        : Either(left, right, (x, y) => x - y, (x, y) => x - y, (x, y) => x - y);

    internal static object Multiply(object left, object right)
    {
        if (left is int a && right is int b) return Box((long)a * b);
        return Either(left, right, (x, y) => x.GetBitLength() + y.GetBitLength() > MaxBits + 64
            ? throw JinjaError.Limit($"A number is larger than {MaxBits} bits. Calculate it in the view.")
            : x * y, (x, y) => x * y, (x, y) => x * y);
    }

    static object Either(object left, object right, Func<BigInteger, BigInteger, BigInteger> whole, Func<double, double, double> real,
        Func<decimal, decimal, decimal> exact)
    {
        if (left is decimal || right is decimal) return Exact(left, right, exact, real);
        return IsFloat(left) || IsFloat(right) ? real(ToDouble(left), ToDouble(right)) : Box(whole(ToBig(left), ToBig(right)));
    }

    static object Exact(object left, object right, Func<decimal, decimal, decimal> exact, Func<double, double, double> real)
    {
        if (left is double or float or Half || right is double or float or Half) return real(ToDouble(left), ToDouble(right));
        try
        {
            return exact(ToDecimal(left), ToDecimal(right));
        }
        catch (OverflowException)
        {
            throw new JinjaError("A decimal number is too large.");
        }
    }

    static decimal ToDecimal(object value) =>
        value is BigInteger or Int128 or UInt128 or nint or nuint or bool ? (decimal)ToBig(value)
            : Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    internal static object Divide(object left, object right)
    {
        if (left is decimal || right is decimal)
            return IsZero(right) ? throw new JinjaError("division by zero") : Exact(left, right, (x, y) => x / y, (x, y) => x / y);
        if (!IsFloat(left) && !IsFloat(right))
        {
            var (x, y) = (ToBig(left), ToBig(right));
            if (y.IsZero) throw new JinjaError("division by zero");
            // Large integers are divided exactly first, because their doubles can be infinite.
            if (BigInteger.Abs(x) >= (BigInteger)1 << 53 || BigInteger.Abs(y) >= (BigInteger)1 << 53) return DivideExactly(x, y);
            return (double)x / (double)y;
        }
        var divisor = ToDouble(right);
        return divisor == 0 ? throw new JinjaError("float division by zero") : ToDouble(left) / divisor;
    }

    // 55 bits and a sticky bit round to the nearest double.
    static double DivideExactly(BigInteger x, BigInteger y)
    {
        if (x.IsZero) return 0d;
        var negative = x.Sign != y.Sign;
        (x, y) = (BigInteger.Abs(x), BigInteger.Abs(y));
        var shift = (int)(y.GetBitLength() - x.GetBitLength()) + 66;
        var quotient = BigInteger.DivRem(shift >= 0 ? x << shift : x, shift >= 0 ? y : y << -shift, out var rest);
        if (!rest.IsZero) quotient |= 1;
        var result = Math.ScaleB(Nearest(quotient), -shift);
        if (double.IsInfinity(result)) throw new JinjaError("integer division result too large for a float");
        return negative ? -result : result;
    }

    static bool IsZero(object value) => IsFloat(value) ? ToDouble(value) == 0 : ToBig(value).IsZero;

    internal static object FloorDivide(object left, object right)
    {
        if (IsFloat(left) || IsFloat(right))
        {
            if (left is decimal || right is decimal)
                return IsZero(right) ? throw new JinjaError("division by zero")
                    : Exact(left, right, (x, y) => decimal.Truncate(x / y), (x, y) => Math.Floor(x / y));
            var (x, y) = (ToDouble(left), ToDouble(right));
            if (y == 0) throw new JinjaError("float floor division by zero");
            return DivMod(x, y).Quotient;
        }
        var (a, b) = (ToBig(left), ToBig(right));
        if (b.IsZero) throw new JinjaError("integer division or modulo by zero");
        return Box(Floored(a, b));
    }

    internal static object Modulo(object left, object right)
    {
        if (IsFloat(left) || IsFloat(right))
        {
            if (IsZero(right)) throw new JinjaError("float modulo");
            if (left is decimal || right is decimal) return Exact(left, right, (x, y) => x % y, (x, y) => DivMod(x, y).Remainder);
            return DivMod(ToDouble(left), ToDouble(right)).Remainder;
        }
        var (a, b) = (ToBig(left), ToBig(right));
        if (b.IsZero) throw new JinjaError("integer modulo by zero");
        return Box(a - Floored(a, b) * b);
    }

    static BigInteger Floored(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var rest);
        return !rest.IsZero && rest.Sign != b.Sign ? quotient - 1 : quotient;
    }

    static (double Quotient, double Remainder) DivMod(double x, double y)
    {
        var rest = Math.IEEERemainder(0, 1) + x % y;
        var quotient = (x - rest) / y;
        if (rest != 0)
        {
            if ((y < 0) != (rest < 0))
            {
                rest += y;
                quotient -= 1;
            }
        }
        else rest = Math.CopySign(0, y);
        if (quotient == 0) return (Math.CopySign(0, x / y), rest);
        var floor = Math.Floor(quotient);
        return (quotient - floor > 0.5 ? floor + 1 : floor, rest);
    }

    internal static object Power(object left, object right)
    {
        if (!IsFloat(left) && !IsFloat(right))
        {
            var (whole, exponent) = (ToBig(left), ToBig(right));
            if (exponent.Sign < 0)
                return whole.IsZero ? throw new JinjaError("0.0 cannot be raised to a negative power")
                    : Math.Pow(ToDouble(left), ToDouble(right));
            if (whole.IsZero || whole.IsOne || whole == BigInteger.MinusOne)
                return exponent.IsZero ? Box(1L) : Box(exponent.IsEven ? whole * whole : whole);
            if (exponent > MaxBits || (long)exponent * (whole.GetBitLength() - 1) > MaxBits) throw JinjaError.Limit(
                $"The result of ** is larger than {MaxBits} bits. Calculate it in the view.");
            return Box(BigInteger.Pow(whole, (int)exponent));
        }
        var (x, y) = (ToDouble(left), ToDouble(right));
        if (x == 0 && y < 0) throw new JinjaError("0.0 cannot be raised to a negative power");
        var result = Math.Pow(x, y);
        if (double.IsInfinity(result) && double.IsFinite(x) && double.IsFinite(y)) throw new JinjaError("Result too large");
        if (double.IsNaN(result) && !double.IsNaN(x) && !double.IsNaN(y)) throw new JinjaError("A complex number isn't supported.");
        return result;
    }

    internal static object Negate(object value) => value switch
    {
        int number => Box(-(long)number),
        decimal number => -number,
        _ when IsFloat(value) => -ToDouble(value),
        _ => Box(-ToBig(value)),
    };

    internal static object Plus(object value) => value is decimal ? value : IsFloat(value) ? ToDouble(value) : Box(ToBig(value));

    /// <summary>An integer as text. Very long ones are refused, as in Python.</summary>
    internal static string IntText(object value)
    {
        if (value is not BigInteger big) return ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture);
        const int MaxDigits = 4300;
        if (big.GetBitLength() > MaxDigits * 3.33 && big.ToString(CultureInfo.InvariantCulture) is var long1 &&
            long1.AsSpan().TrimStart('-').Length > MaxDigits)
            throw new JinjaError($"Exceeds the limit ({MaxDigits} digits) for integer string conversion");
        return big.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A number as Python's <c>repr</c> writes it: <c>1.0</c>, <c>1e+16</c>, <c>inf</c>.</summary>
    internal static string FloatText(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        var (digits, exponent, negative) = Digits(value);
        var sign = negative ? "-" : "";
        if (exponent is < -4 or >= 16)
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}{ExponentText(exponent)}";
        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        if (digits.Length <= exponent + 1) return $"{sign}{digits}{new string('0', exponent + 1 - digits.Length)}.0";
        return $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    internal static string ExponentText(int exponent) => string.Create(CultureInfo.InvariantCulture,
        $"e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");

    /// <summary>The shortest digits that read back as the number, and the exponent of the first digit.</summary>
    static (string Digits, int Exponent, bool Negative) Digits(double value)
    {
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var negative = shortest[0] == '-';
        if (value == 0) return ("0", 0, double.IsNegative(value));
        var mantissa = shortest.AsSpan(negative ? 1 : 0);
        var mark = mantissa.IndexOf('E');
        if (mark >= 0) mantissa = mantissa[..mark];
        var digits = mantissa.ToString().Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        var exponent = int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        // 9.9999999999999999 has another exponent with 17 digits than with the shortest ones.
        var dot = mantissa.IndexOf('.');
        if (mark < 0)
        {
            var whole = (dot < 0 ? mantissa : mantissa[..dot]).TrimStart('0');
            exponent = whole.Length > 0 ? whole.Length - 1
                : -(mantissa[(dot + 1)..].Length - mantissa[(dot + 1)..].TrimStart('0').Length) - 1;
        }
        else
        {
            var start = shortest.IndexOf('E', StringComparison.Ordinal) + 1;
            exponent = int.Parse(shortest.AsSpan(start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }
        return (digits, exponent, negative);
    }
}
