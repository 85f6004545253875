using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Modular.Templating;

/// <summary>Reads a member of an object of one type. Returns false when there is none that templates can read.</summary>
public delegate bool TemplateReader(object target, string name, out object? value);

/// <summary>
/// Reads the members of objects for templates: data, but not runtime objects. Engines use it, so that all engines behave the same.
/// </summary>
/// <remarks>
/// Templates can read dictionaries and configuration by key, lists by index and <c>first</c>, <c>last</c>, <c>size</c>, JSON, and the
/// public properties that are declared by
/// the application's classes, records and anonymous types. Names match in any case, with or without underscores: <c>first_name</c> is
/// <c>FirstName</c>.
/// Templates can't read types, delegates, services, tasks, streams, HttpContext, or properties of the framework's classes.
/// </remarks>
public static partial class TemplateData
{
    const string Reflects = "Reads properties by reflection.";

    static readonly ConcurrentDictionary<Type, MemberReader> ByType = new();

    /// <summary>A reader for objects of one type.</summary>
    /// <param name="Read">Reads the members that need no enumeration.</param>
    /// <param name="IsSequence">True: <c>size</c>, <c>first</c> and <c>last</c> enumerate the object.</param>
    readonly record struct MemberReader(TemplateReader Read, bool IsSequence = false);

    /// <summary>
    /// Gets a member of an object, as <c>target.name</c> in a template. Returns false when there is none that templates can read.
    /// </summary>
    public static bool TryGetMember(object? target, string name, out object? value) => TryGetMember(target, name, null, out value);

    /// <param name="target">The object.</param>
    /// <param name="name">The member.</param>
    /// <param name="render">Counts the items of a sequence that has to be enumerated.</param>
    /// <param name="value">The member's value.</param>
    internal static bool TryGetMember(object? target, string name, TemplateRender? render, out object? value)
    {
        value = null;
        if (target is null) return false;
        var reader = ByType.GetOrAdd(target.GetType(), MakeReader);
        return reader.Read(target, name, out value) || reader.IsSequence && TryGetItem((IEnumerable)target, name, render, out value);
    }

    /// <summary>
    /// A reader that does the same as <see cref="TryGetMember(object?, string, out object?)"/> for objects of one type, for engines that
    /// cache by type.
    /// </summary>
    public static TemplateReader ReaderOf(Type type)
    {
        var reader = MakeReader(type);
        return reader.IsSequence ? (target, name, out value) => TryGetMember(target, name, out value) : reader.Read;
    }

    static MemberReader MakeReader(Type type)
    {
        if (Is<ITemplateObject>()) return new((target, name, out value) => ((ITemplateObject)target).TryGetMember(name, out value));
        if (CoreObjects.Has(type)) return new(CoreObjects.TryGetMember);
        if (type == typeof(string) || type == typeof(Markup))
            return new((target, name, out value) => TryGetLength(target.ToString()!, name, out value));
        if (type == typeof(JsonElement)) return new((target, name, out value) => TryGetJson((JsonElement)target, name, out value));
        if (Is<IDictionary>() && !Is<IDictionary<string, object?>>()) return new((target, name, out value) =>
            TryGetEntry((IDictionary)target, name, out value) || TryGetCount(((IDictionary)target).Count, name, out value)
                || TryGetFirst((IDictionary)target, name, out value));
        if (KeyReader(type) is { } read) return new((target, name, out value) => TryGetKey(read, target, name, out value));
        if (Is<IConfiguration>()) return new((target, name, out value) => TryGetConfig((IConfiguration)target, name, out value));
        if (Is<ITuple>()) return new((target, name, out value) => TryGetItem((ITuple)target, name, out value));
        if (Is<IList>()) return new((target, name, out value) => TryGetItem((IList)target, name, out value));
        if (IsRuntime(type)) return new(Nothing);
        var properties = new PropertyReader(MakeReaders(type).ToFrozenDictionary());
        return new(properties.TryGet, Is<IEnumerable>());

        bool Is<T>() => type.IsAssignableTo(typeof(T));

        static bool Nothing(object target, string name, out object? value)
        {
            value = null;
            return false;
        }
    }

    /// <summary>The readable properties of an object as names and values, for a page. For a dictionary, its entries.</summary>
    /// <exception cref="ModularException">The object has no readable properties.</exception>
    public static IEnumerable<(string Name, object? Value)> Members(object target)
    {
        if (target is null) throw NoValues();
        if (target is IDictionary entries)
        {
            foreach (DictionaryEntry entry in entries) yield return (Text(entry.Key), entry.Value);
            yield break;
        }
        if (target is string || IsRuntime(target) || PropertiesOf(target.GetType()) is not [_, ..] properties) throw new ModularException(
            $"The values of a template have the type {TypeName.Of(target.GetType())}, which has no named values. " +
            $"Write new {{ name = value }}, (\"name\", value), or a dictionary.");
        foreach (var (name, read) in properties) yield return (name, read(target));
    }

    /// <summary>True for runtime objects, which aren't data: a page must not contain their members or their text.</summary>
    public static bool IsRuntime(object value) => RuntimeTypes.GetOrAdd(value.GetType(), IsRuntime);

    static readonly ConcurrentDictionary<Type, bool> RuntimeTypes = new();

    static readonly Type[] Runtime =
    [
        typeof(MemberInfo), typeof(Assembly), typeof(Module), typeof(Delegate), typeof(IServiceProvider), typeof(Task),
        typeof(ValueTask), typeof(Stream), typeof(HttpContext), typeof(HttpRequest), typeof(HttpResponse), typeof(Thread),
        typeof(Exception), typeof(TextWriter), typeof(TextReader), typeof(CancellationToken), typeof(Pointer),
    ];

    /// <summary>
    /// True for objects that define what templates can read: an <see cref="ITemplateObject"/>, the request, <c>g</c>, the values of a form
    /// or query, and HTTP errors.
    /// </summary>
    public static bool HasOwnMembers(Type type) => type.IsAssignableTo(typeof(ITemplateObject)) || CoreObjects.Has(type);

    internal static bool IsRuntime(Type type) => !HasOwnMembers(type)
        && (Array.Exists(Runtime, type.IsAssignableTo) || type.IsGenericType
            && (type.GetGenericTypeDefinition() == typeof(ValueTask<>) || type.GetGenericTypeDefinition() == typeof(Lazy<>)));

    internal static ModularException NoData(object value) =>
        new(value is Task || value.GetType().Name.StartsWith("ValueTask", StringComparison.Ordinal)
            ? $"A template received a {TypeName.Of(value.GetType())}. Await it in the view and pass the result."
            : $"A template wrote a {TypeName.Of(value.GetType())}, which isn't data. Pass the text or the numbers that the page shows.");

    /// <summary>The error for null in place of a page's values.</summary>
    internal static ModularException NoValues() =>
        new("The values of a template are null. Write new { name = value }, (\"name\", value), or a dictionary, or omit the argument.");

    // "size" comes from Liquid and counts code points. The other names come from .NET and JavaScript and count UTF-16 units.
    static bool TryGetLength(string text, string name, out object? value) =>
        TryGetCount(name == "size" ? CodePoints(text) : text.Length, name, out value);

    static int CodePoints(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1])) count--;
        return count;
    }

    static bool TryGetCount(int count, string name, out object? value)
    {
        value = IsCount(name) ? count : null;
        return value is not null;
    }

    static bool IsCount(string name) => name is "size" or "count" or "length" or "Count" or "Length";

    static bool TryGetEntry(IDictionary dictionary, string name, out object? value)
    {
        object? key = dictionary.Contains(name) ? name : null;
        if (key is null && int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && IsKey(dictionary, number))
            key = number;
        value = key is null ? null : dictionary[key];
        return key is not null;
    }

    // A dictionary with typed keys returns false for a key of another type; it doesn't throw.
    static bool IsKey(IDictionary dictionary, int number) => dictionary.Contains(number);

    static bool TryGetConfig(IConfiguration config, string name, out object? value)
    {
        var section = config.GetSection(name);
        value = section.Value ?? (section.GetChildren().Any() ? section : null) as object;
        return value is not null;
    }

    static bool TryGetJson(JsonElement json, string name, out object? value)
    {
        value = null;
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var property)) value = Plain(property);
        else if (json.ValueKind == JsonValueKind.Array && Index(name, json.GetArrayLength()) is { } index) value = Plain(json[index]);
        else if (json.ValueKind == JsonValueKind.Array) return TryGetCount(json.GetArrayLength(), name, out value);
        else return false;
        return true;
    }

    /// <summary>Converts a JSON value for templates: text, numbers, true, false and null become plain values.</summary>
    public static object? Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Array => json.EnumerateArray().Select(Plain).ToList(),
        _ => json,
    };

    static bool TryGetKey(Func<object, string, (bool Found, object? Value)> read, object target, string name, out object? value)
    {
        (var found, value) = read(target, name);
        return found || target is ICollection { Count: var count } && TryGetCount(count, name, out value)
            || TryGetFirst((IEnumerable)target, name, out value);
    }

    // For a dictionary: its first pair.
    static bool TryGetFirst(IEnumerable entries, string name, out object? value)
    {
        value = null;
        if (name != "first") return false;
        foreach (var entry in entries)
        {
            value = entry;
            return true;
        }
        return false;
    }

    static Func<object, string, (bool Found, object? Value)>? KeyReader(Type type) =>
        type.IsAssignableTo(typeof(IDictionary<string, object?>)) ? OfDictionary<object?>
            : type.IsAssignableTo(typeof(IReadOnlyDictionary<string, object?>)) ? OfReadOnly<object?>
            : TemplateTypes.CanReflect ? MakeKeyReader(type) : null;

    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    static Func<object, string, (bool Found, object? Value)>? MakeKeyReader(Type type)
    {
        foreach (var face in type.GetInterfaces())
        {
            if (!face.IsGenericType || face.GetGenericArguments() is not [var key, var value] || key != typeof(string)) continue;
            var open = face.GetGenericTypeDefinition();
            var maker = open == typeof(IDictionary<,>)
                ? nameof(OfDictionary)
                : open == typeof(IReadOnlyDictionary<,>) ? nameof(OfReadOnly) : null;
            if (maker is null) continue;
            var method = typeof(TemplateData).GetMethod(maker, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(value);
            return method.CreateDelegate<Func<object, string, (bool, object?)>>();
        }
        return null;
    }

    static (bool, object?) OfDictionary<T>(object target, string name) =>
        ((IDictionary<string, T>)target).TryGetValue(name, out var value) ? (true, value) : default;

    static (bool, object?) OfReadOnly<T>(object target, string name) =>
        ((IReadOnlyDictionary<string, T>)target).TryGetValue(name, out var value) ? (true, value) : default;

    static bool TryGetItem(IList list, string name, out object? value)
    {
        value = null;
        if (Index(name, list.Count) is not { } index) return TryGetCount(list.Count, name, out value);
        value = list[index];
        return true;
    }

    static bool TryGetItem(ITuple tuple, string name, out object? value)
    {
        value = null;
        var number = name.StartsWith("item", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(name.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var item)
            ? (item - 1).ToString(CultureInfo.InvariantCulture) : name;
        if (Index(number, tuple.Length) is not { } index) return TryGetCount(tuple.Length, name, out value);
        value = tuple[index];
        return true;
    }

    static bool TryGetItem(IEnumerable sequence, string name, TemplateRender? render, out object? value)
    {
        value = null;
        var items = render?.Counted(sequence) ?? sequence.Cast<object?>();
        if (IsCount(name)) value = items.Count();
        else if (name == "first") value = items.FirstOrDefault();
        else if (name == "last") value = items.LastOrDefault();
        else return false;
        return true;
    }

    static int? Index(string name, int count) => name switch
    {
        "first" when count > 0 => 0,
        "last" when count > 0 => count - 1,
        _ => int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
            && (index < 0 ? index += count : index) >= 0 && index < count
            ? index
            : null,
    };

    /// <summary>The properties of one type.</summary>
    sealed class PropertyReader(FrozenDictionary<string, Func<object, object?>> readers)
    {
        internal bool TryGet(object target, string name, out object? value)
        {
            if (!readers.TryGetValue(name, out var read) && !readers.TryGetValue(Plain(name), out read))
            {
                value = null;
                return false;
            }
            value = read(target);
            return true;
        }
    }

    static Dictionary<string, Func<object, object?>> MakeReaders(Type type)
    {
        var readers = new Dictionary<string, Func<object, object?>>();
        var properties = PropertiesOf(type);
        foreach (var (name, read) in properties) readers.TryAdd(name, read);
        foreach (var (name, read) in properties) readers.TryAdd(Plain(name), read);
        if (!IsPair(type)) return readers;
        // A pair is also a list of two items: p[0], p[1], p.first, p.last.
        (readers["0"], readers["1"]) = (readers["Key"], readers["Value"]);
        (readers["first"], readers["last"], readers["size"]) = (readers["Key"], readers["Value"], _ => 2);
        return readers;
    }

    static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    // Made once for each type: a page that gets an object asks for them.
    static readonly ConcurrentDictionary<Type, (string Name, Func<object, object?> Read)[]> PropertiesByType = new();

    static (string Name, Func<object, object?> Read)[] PropertiesOf(Type type) => PropertiesByType.GetOrAdd(type, MakeProperties);

    static (string Name, Func<object, object?> Read)[] MakeProperties(Type type) =>
        TemplateTypes.CanReflect ? Reflected(type)
            : IsPlainData(type) ? OfPlainData(type) : IsFramework(type) ? [] : TemplateTypes.Properties(type);

    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(DateTime))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(DateTimeOffset))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(DateOnly))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(TimeOnly))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(TimeSpan))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(Uri))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(Version))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(DictionaryEntry))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(KeyValuePair<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, "System.Linq.Grouping`2", "System.Linq")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The attributes above keep the properties.")]
    static (string Name, Func<object, object?> Read)[] OfPlainData(Type type) =>
        Array.ConvertAll(Properties(type), property => (property.Name, (Func<object, object?>)property.GetValue));

    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    static (string Name, Func<object, object?> Read)[] Reflected(Type type) =>
        Array.ConvertAll(Properties(type), property => (property.Name, Reader(property)));

    // Properties declared by the framework are excluded, even inherited ones. Pairs are an exception: they are data.
    [RequiresUnreferencedCode(Reflects)]
    static PropertyInfo[] Properties(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property =>
            property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0
                && property.PropertyType is { IsByRefLike: false, IsByRef: false, IsPointer: false }
            && (!IsFramework(property.DeclaringType!) || IsPlainData(property.DeclaringType!))),
    ];

    static bool IsPair(Type type) =>
        type == typeof(DictionaryEntry) || type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    static bool IsFramework(Type type) => type.Assembly == typeof(RequestContext).Assembly || type.Assembly == typeof(TemplateData).Assembly
        || type.Assembly.GetName().Name is { } name && (name is "System" or "mscorlib" or "netstandard"
            || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal));

    static bool IsPlainData(Type type) =>
        type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly)
            || type == typeof(TimeSpan)
        || type == typeof(Uri) || type == typeof(Version) || type == typeof(DictionaryEntry)
        || type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) || type.IsAssignableTo(typeof(ITuple))
            || type.Name == "Grouping`2");

    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    static Func<object, object?> Reader(PropertyInfo property)
    {
        var make = typeof(TemplateData).GetMethod(property.DeclaringType!.IsValueType ? nameof(StructReader) : nameof(ClassReader),
            BindingFlags.Static | BindingFlags.NonPublic)!;
        return (Func<object, object?>)make.MakeGenericMethod(property.DeclaringType, property.PropertyType)
            .Invoke(null, [property.GetMethod!])!;
    }

    static Func<object, object?> ClassReader<TTarget, TValue>(MethodInfo getter) where TTarget : class
    {
        var read = getter.CreateDelegate<Func<TTarget, TValue>>();
        return target => read((TTarget)target);
    }

    delegate TValue StructGetter<TTarget, TValue>(ref TTarget target) where TTarget : struct;

    static Func<object, object?> StructReader<TTarget, TValue>(MethodInfo getter) where TTarget : struct
    {
        var read = getter.CreateDelegate<StructGetter<TTarget, TValue>>();
        return target =>
        {
            var copy = (TTarget)target;
            return read(ref copy);
        };
    }
}
