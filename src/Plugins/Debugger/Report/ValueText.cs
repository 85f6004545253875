using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Modular.Debugger;

/// <summary>Formats values as short text with masked secrets. An exception from a value is shown in its place.</summary>
sealed class ValueText(Masking masking)
{
    const int MostCharacters = 2_000;
    const int MostItems = 25;
    const int Deepest = 3;

    internal string Of(string name, object? value)
    {
        if (value is string text) return Cut(masking.Show(name, text));
        var built = new StringBuilder();
        Write(built, name, value, 0);
        return Cut(built.ToString());
    }

    static string Cut(string text) => text.Length <= MostCharacters ? text : $"{text[..MostCharacters]}… ({text.Length} characters)";

    void Write(StringBuilder text, string name, object? value, int depth)
    {
        if (text.Length > MostCharacters) return;
        if (depth > 0 && masking.HidesName(name))
        {
            text.Append(Masking.Stars);
            return;
        }
        try
        {
            WriteKnown(text, name, value, depth);
        }
        catch (Exception error)
        {
            text.Append(CultureInfo.InvariantCulture, $"({error.GetType().Name}: {error.Message})");
        }
    }

    void WriteKnown(StringBuilder text, string name, object? value, int depth)
    {
        switch (value)
        {
            case null: text.Append("null"); break;
            case string own: text.Append('"').Append(masking.Show(name, own)).Append('"'); break;
            case bool truth: text.Append(truth ? "true" : "false"); break;
            case IFormattable number: text.Append(number.ToString(null, CultureInfo.InvariantCulture)); break;
            case byte[] bytes: text.Append(CultureInfo.InvariantCulture, $"byte[{bytes.Length}]"); break;
            case Type or Delegate or MemberInfo or Exception: text.Append(value); break;
            case IDictionary map:
                WriteList(text, '{', map.Keys.Cast<object>().Select(key => (key.ToString() ?? "", map[key])), depth, true);
                break;
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                WriteList(text, '{', pairs.Select(pair => (pair.Key, pair.Value)), depth, true);
                break;
            case ITuple tuple: WriteList(text, '(', Enumerable.Range(0, tuple.Length).Select(i => (name, tuple[i])), depth, false); break;
            case IEnumerable items when IsAtHand(value.GetType()):
                WriteList(text, '[', items.Cast<object?>().Select(item => (name, item)), depth, false);
                break;
            default: WriteObject(text, value, depth); break;
        }
    }

    // Not sequences that would query a database or wait when they are enumerated.
    static bool IsAtHand(Type type) => type.GetInterfaces().Any(one => one == typeof(ICollection)
        || one.IsGenericType && (one.GetGenericTypeDefinition() == typeof(ICollection<>)
            || one.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>)));

    // A record's ToString can contain values that must be masked.
    void WriteObject(StringBuilder text, object value, int depth)
    {
        var type = value.GetType();
        var isRecord = type.GetMethod("<Clone>$") is not null || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
        text.Append(isRecord || !HasText(type) ? MethodNames.Of(type) : value.ToString());
        if (!isRecord) return;
        WriteList(text.Append(' '), '{', type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .Select(property => (property.Name, property.GetValue(value))), depth, true);
    }

    static bool HasText(Type type) => type.GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType != typeof(object);

    void WriteList(StringBuilder text, char open, IEnumerable<(string Name, object? Value)> items, int depth, bool named)
    {
        text.Append(open);
        var count = 0;
        if (depth == Deepest) text.Append('…');
        else
            foreach (var (name, value) in items)
            {
                if (count++ > 0) text.Append(", ");
                if (count > MostItems || text.Length > MostCharacters)
                {
                    text.Append('…');
                    break;
                }
                if (named) text.Append(name).Append(": ");
                Write(text, name, value, depth + 1);
            }
        text.Append(open switch { '{' => '}', '(' => ')', _ => ']' });
    }
}
