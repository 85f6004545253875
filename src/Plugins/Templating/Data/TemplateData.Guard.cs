using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Html;

namespace Modular.Templating;

// Decides which values a template may output, as text and as JSON.
public static partial class TemplateData
{
    const int MaxParts = 32;

    static readonly ConcurrentDictionary<Type, Func<object, IEnumerable<object?>>?> PartsByType = new();

    /// <summary>
    /// A value as text in the invariant culture, as <see cref="TemplateWriter.WriteValue"/> writes it, without escaping. Null is empty.
    /// </summary>
    /// <exception cref="ModularException">The value isn't data, or is a tuple, a pair, a record or an anonymous object that would print
    /// such a value.</exception>
    public static string Text(object? value)
    {
        switch (value)
        {
            case null: return "";
            case string text: return text;
            case bool flag: return flag ? "true" : "false";
            case IHtmlContent content: return Markup.Escape(content).ToString();
        }
        Refuse(value);
        return (value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString()) ?? "";
    }

    /// <summary>Throws when a value isn't data, or would print a value that isn't data.</summary>
    internal static void Refuse(object? value, int depth = 0)
    {
        if (value is null or string) return;
        if (value is TemplateValues)
            throw new ModularException("A template wrote all values of the page at once. Write the name of one value.");
        if (IsRuntime(value)) throw NoData(value);
        if (PartsByType.GetOrAdd(value.GetType(), PartsOf) is not { } parts) return;
        if (depth >= MaxParts) throw new ModularException(
            $"A {TypeName.Of(value.GetType())} is nested deeper than {MaxParts} levels, or contains itself. " +
            "Write its properties one by one.");
        foreach (var part in parts(value)) Refuse(part, depth + 1);
    }

    /// <summary>True for the framework's types. Templates can't read their properties, so JSON must not contain them either.</summary>
    internal static bool IsClosed(Type type) => type != typeof(object) && (HasOwnMembers(type) || IsFramework(type) && !IsPlainData(type));

    // The values that a type's ToString prints. Null when it prints no other object.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The type's own ToString doesn't print a trimmed property either.")]
    static Func<object, IEnumerable<object?>>? PartsOf(Type type)
    {
        if (type.IsPrimitive || type.IsEnum) return null;
        if (type.IsAssignableTo(typeof(FormattableString))) return value => ((FormattableString)value).GetArguments();
        if (type.IsAssignableTo(typeof(ITuple))) return value => Items((ITuple)value);
        if (!IsPair(type) && !PrintsMembers(type)) return null;
        const BindingFlags Instance = BindingFlags.Public | BindingFlags.Instance;
        PropertyInfo[] properties = [.. type.GetProperties(Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && MayHoldObjects(property.PropertyType))];
        FieldInfo[] fields = [.. type.GetFields(Instance).Where(field => MayHoldObjects(field.FieldType))];
        return properties.Length + fields.Length == 0 ? null
            : value => properties.Select(property => property.GetValue(value)).Concat(fields.Select(field => field.GetValue(value)));
    }

    static IEnumerable<object?> Items(ITuple tuple)
    {
        for (var i = 0; i < tuple.Length; i++) yield return tuple[i];
    }

    // Anonymous types and records, unless they override ToString or PrintMembers.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Trimmed methods aren't called either.")]
    static bool PrintsMembers(Type type)
    {
        if (type.Name.StartsWith("<>", StringComparison.Ordinal)) return true;
        return type.GetMethod(nameof(ToString), Type.EmptyTypes) is { } print && print.IsDefined(typeof(CompilerGeneratedAttribute))
            && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance,
                [typeof(System.Text.StringBuilder)])?.IsDefined(typeof(CompilerGeneratedAttribute)) != false;
    }

    static bool MayHoldObjects(Type type) =>
        type is { IsPrimitive: false, IsEnum: false, IsByRefLike: false, IsPointer: false } && type != typeof(string)
            && type != typeof(decimal) && !(type.IsValueType && type.IsAssignableTo(typeof(ISpanFormattable)));
}
