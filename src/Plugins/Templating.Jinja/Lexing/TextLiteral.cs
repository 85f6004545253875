using System.Globalization;
using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>Resolves the escape sequences of a text in quotes, as Python does.</summary>
static class TextLiteral
{
    internal static string Of(string raw, Func<string, Exception> error)
    {
        if (!raw.Contains('\\', StringComparison.Ordinal)) return raw;
        var builder = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                builder.Append(raw[i]);
                continue;
            }
            var c = raw[++i];
            switch (c)
            {
                case '\n': break;
                case 'n': builder.Append('\n'); break;
                case 't': builder.Append('\t'); break;
                case 'r': builder.Append('\r'); break;
                case 'a': builder.Append('\a'); break;
                case 'b': builder.Append('\b'); break;
                case 'f': builder.Append('\f'); break;
                case 'v': builder.Append('\v'); break;
                case '\\' or '\'' or '"': builder.Append(c); break;
                case 'x': builder.Append(Code(raw, ref i, 2, error)); break;
                case 'u': builder.Append(Code(raw, ref i, 4, error)); break;
                case 'N': throw error($"The escape sequence \\N with a character's name isn't supported. Write its number: \\u2668.");
                case 'U': builder.Append(Code(raw, ref i, 8, error)); break;
                case >= '0' and <= '7': builder.Append(Octal(raw, ref i)); break;
                default: builder.Append('\\').Append(c); break;
            }
        }
        return builder.ToString();
    }

    static string Code(string raw, ref int i, int digits, Func<string, Exception> error)
    {
        if (i + digits >= raw.Length
            || !int.TryParse(raw.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code is < 0 or > 0x10FFFF)
            throw error($"The escape sequence \\{raw[i]} needs {digits} hexadecimal digits.");
        i += digits;
        return code is >= 0xD800 and <= 0xDFFF ? ((char)code).ToString() : char.ConvertFromUtf32(code);
    }

    static char Octal(string raw, ref int i)
    {
        var code = 0;
        var end = Math.Min(raw.Length, i + 3);
        while (i < end && raw[i] is >= '0' and <= '7') code = code * 8 + (raw[i++] - '0');
        i--;
        return (char)code;
    }
}
