using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Modular.Debugger;

/// <summary>Shows values and their members, one level at a time. It keeps recent values, so that they can be expanded.</summary>
sealed class Inspector
{
    const int Kept = 2_000;
    const int MostElements = 100;
    const int MostCharacters = 300;

    readonly Dictionary<int, object> _kept = [];
    int _last;

    /// <summary>A value in one line.</summary>
    internal Node Show(string? name, object? value)
    {
        if (value is null) return new(0, name, "", "null", false);
        lock (_kept)
        {
            var id = ++_last;
            _kept[id] = value;
            _kept.Remove(id - Kept);
            return new(id, name, CSharpNames.Short(value.GetType()), Text(value), HasMembers(value));
        }
    }

    /// <summary>The contents of a value: at most a hundred elements of a collection, and the public fields and properties.</summary>
    internal IReadOnlyList<Node> Expand(int id)
    {
        object? value;
        lock (_kept)
        {
            if (!_kept.TryGetValue(id, out value)) return [];
        }
        return [.. Elements(value), .. Members(value)];
    }

    IEnumerable<Node> Elements(object value)
    {
        if (value is string or not IEnumerable) yield break;
        var index = 0;
        var elements = Safely(() => ((IEnumerable)value).Cast<object?>().Take(MostElements + 1).ToList(), out var error);
        foreach (var element in elements ?? [])
        {
            if (index == MostElements)
            {
                yield return new(0, "…", "", $"the first {MostElements} are shown", false);
                yield break;
            }
            yield return Show(Place(element, index++), Pair(element));
        }
        if (error is not null) yield return Failed("[…]", error);
    }

    static string Place(object? element, int index) => element is DictionaryEntry entry ? $"[{Text(entry.Key)}]"
        : IsPair(element, out var type) ? $"[{Text(type.GetProperty("Key")!.GetValue(element))}]"
        : string.Create(CultureInfo.InvariantCulture, $"[{index}]");

    static object? Pair(object? element) =>
        element is DictionaryEntry entry
            ? entry.Value
            : IsPair(element, out var type) ? type.GetProperty("Value")!.GetValue(element) : element;

    static bool IsPair(object? element, out Type type)
    {
        type = element?.GetType()!;
        return type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);
    }

    IEnumerable<Node> Members(object value)
    {
        if (!HasMembers(value)) yield break;
        foreach (var member in value.GetType().GetMembers(BindingFlags.Public | BindingFlags.Instance)
            .OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            Func<object?>? read = member switch
            {
                FieldInfo field => () => field.GetValue(value),
                PropertyInfo { CanRead: true } property when property.GetIndexParameters().Length == 0
                    && !property.PropertyType.IsByRefLike && !property.PropertyType.IsByRef && !property.PropertyType.IsPointer
                    => () => property.GetValue(value),
                _ => null,
            };
            if (read is null) continue;
            var content = Safely(read, out var error);
            yield return error is null ? Show(member.Name, content) : Failed(member.Name, error);
        }
    }

    static Node Failed(string name, Exception error) => new(0, name, CSharpNames.Short(error.GetType()), error.Message, false);

    static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n");

    // A value's code can throw any exception, which is then shown.
    static T? Safely<T>(Func<T> read, out Exception? error)
    {
        error = null;
        try
        {
            return read();
        }
        catch (Exception thrown)
        {
            error = thrown is TargetInvocationException { InnerException: { } inner } ? inner : thrown;
            return default;
        }
    }

    static bool HasMembers(object value) => value is not (string or IFormattable or bool or Type or Delegate or MemberInfo);

    static string Text(object? value)
    {
        if (value is null) return "null";
        var text = Safely(() => value switch
        {
            string own => $"\"{Escaped(own)}\"",
            char c => $"'{c}'",
            bool truth => truth ? "true" : "false",
            Type type => CSharpNames.Short(type),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            ICollection many => string.Create(CultureInfo.InvariantCulture, $"{many.Count} elements"),
            _ when value.ToString() is { } own && own != value.GetType().ToString() => own.ReplaceLineEndings(" "),
            _ => "{" + CSharpNames.Short(value.GetType()) + "}",
        }, out var error);
        text ??= $"{CSharpNames.Short(error!.GetType())}: {error.Message}";
        return text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
    }
}
