using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Modular;

/// <summary>The 400 of a JSON body that is not what was wanted: it names the place and what is expected there.</summary>
static partial class JsonProblem
{
    const int LongestPath = 200;
    static readonly ConditionalWeakTable<JsonTypeInfo, object> Loose = [];

    /// <exception cref="HttpException">400: the text is no JSON, no UTF-8, or has strings that are no text.</exception>
    internal static JsonElement Parse(ReadOnlySpan<byte> text, JsonSerializerOptions options)
    {
        if (text.StartsWith("\uFEFF"u8)) text = text[3..];
        if (text.IsEmpty) throw Bad("The JSON body is empty. Send a JSON value.");
        // The NUL is of UTF-16 and UTF-32. The reader itself looks at strings only when they are asked for.
        if (text.Contains((byte)0) || !System.Text.Unicode.Utf8.IsValid(text)) throw Bad("The JSON body is not UTF-8. Send it as UTF-8.");
        var how = new JsonReaderOptions
        {
            MaxDepth = options.MaxDepth,
            AllowTrailingCommas = options.AllowTrailingCommas,
            CommentHandling = options.ReadCommentHandling,
        };
        try
        {
            var reader = new Utf8JsonReader(text, how);
            while (reader.Read())
                if (reader.ValueIsEscaped) reader.GetString();
            reader = new(text, how);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException error)
        {
            throw Bad($"The JSON body is malformed, or nested too deeply, at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}.", error);
        }
        catch (InvalidOperationException error)
        {
            throw Bad("The JSON body has half of a surrogate pair, which is no text. Send whole characters.", error);
        }
    }

    /// <summary>The property of the request's JSON object that is read as <paramref name="wanted"/>.</summary>
    internal static JsonElement Property(JsonElement body, string name, JsonTypeInfo wanted) =>
        body.ValueKind != JsonValueKind.Object ? throw At("$", "an object is expected")
        : body.TryGetProperty(name, out var value) ? value : throw Missing($"$.{name}", wanted);

    internal static HttpException Null(JsonTypeInfo wanted, string at = "$") => At(at, $"{Expected(wanted)} is expected");

    /// <summary>The body is JSON, but no <paramref name="wanted"/>; null where the error is about a type that no JSON can be read as.</summary>
    /// <param name="at">Where in the request's JSON the value is.</param>
    internal static HttpException? Shape(JsonTypeInfo wanted, Exception error, string at)
    {
        var inside = error is JsonException json ? json.Path ?? "$" : Place.Match(error.Message).Groups["path"].Value;
        if (inside.Length == 0) return null;
        JsonTypeInfo? type = wanted;
        foreach (Match match in Steps.Matches(inside))
        {
            var next = Inside(type, match.Groups["step"].Value);
            if (next is null && type?.PolymorphismOptions is not null)
            {
                // The property that says which of several types the object is.
                inside = inside[..match.Index];
                break;
            }
            type = next;
        }
        if (error is NotSupportedException && type?.PolymorphismOptions is null) return null;
        var path = at + inside[1..];
        return Required.Match(error.Message).Groups["name"] is { Success: true, Value: var name }
            ? Missing($"{path}.{name}", Inside(type, name), error)
            : At(path, $"{Expected(type)} is expected", error);
    }

    /// <summary>
    /// The 400 of a failed look into the request's JSON (<c>GetProperty</c>, <c>GetInt32</c> …); null when <paramref name="error"/> is another one.
    /// </summary>
    /// <remarks>
    /// An element does not know where it came from. What counts is that the view has taken the request's JSON as elements or nodes, and that the error was thrown
    /// by an accessor of these, not by the serializer, the parser or the user's code.
    /// </remarks>
    internal static HttpException? OfAccess(Request request, Exception error) =>
        request.GaveJsonElements
        && error is KeyNotFoundException or FormatException or IndexOutOfRangeException
            or (InvalidOperationException and not ObjectDisposedException) or (ArgumentException and not ArgumentNullException)
        && IsOfAccessor(error)
            ? Bad($"The JSON body does not have what the view looks for in it. {error.Message}", error)
            : null;

    static bool IsOfAccessor(Exception error)
    {
        var frames = new StackTrace(error, fNeedFileInfo: false).GetFrames().Select(DiagnosticMethodInfo.Create)
            .SkipWhile(method => IsOf(method, "System.Private.CoreLib") || IsOf(method, "System.Collections"))
            .TakeWhile(method => IsOf(method, "System.Text.Json"))
            .Select(method => method!.DeclaringTypeName ?? "").ToList();
        return frames.Count > 0
            && !frames.Exists(type => type.Contains("Serializ", StringComparison.Ordinal) || type.Contains("Utf8Json", StringComparison.Ordinal));
    }

    static bool IsOf(DiagnosticMethodInfo? method, string assembly) =>
        method?.DeclaringAssemblyName.StartsWith($"{assembly},", StringComparison.Ordinal) is true;

    /// <summary>True when the type, or a type in it, keeps JSON that is read only when the view looks into it, so that its accessors may fail later.</summary>
    internal static bool IsLoose(JsonTypeInfo type) => (bool)Loose.GetValue(type, static type => IsLoose(type, []));

    static bool IsLoose(JsonTypeInfo type, HashSet<Type> seen) =>
        typeof(JsonNode).IsAssignableFrom(type.Type)
        || type.Type == typeof(JsonElement) || type.Type == typeof(JsonElement?) || type.Type == typeof(JsonDocument) || type.Type == typeof(object)
        || (seen.Add(type.Type) && Parts(type).Any(part => TypeOf(part, type.Options) is { } known && IsLoose(known, seen)));

    static IEnumerable<Type> Parts(JsonTypeInfo type) =>
    [
        .. type.Properties.Select(property => property.PropertyType),
        .. type.ElementType is { } element ? [element] : Array.Empty<Type>(),
        .. type.PolymorphismOptions?.DerivedTypes.Select(derived => derived.DerivedType) ?? [],
    ];

    static HttpException Missing(string path, JsonTypeInfo? type, Exception? error = null) => At(path, $"{Expected(type)} is required, but missing", error);

    // Names in the path are the client's, and it goes into a log.
    static HttpException At(string path, string problem, Exception? error = null) => Bad(
        $"The JSON body is wrong at {string.Concat(path.Take(LongestPath).Select(sign => char.IsControl(sign) ? '?' : sign))}: {problem}.", error);

    static HttpException Bad(string description, Exception? error = null) => new(StatusCodes.Status400BadRequest, description, error);

    static string Expected(JsonTypeInfo? type)
    {
        if (type is null) return "another value";
        var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (type.PolymorphismOptions is { DerivedTypes: { Count: > 0 } derived } options)
            return $"an object whose {(type.Options.AllowOutOfOrderMetadataProperties ? "" : "first ")}property \"{options.TypeDiscriminatorPropertyName}\" "
                + $"is one of {string.Join(", ", derived.Select(one => one.TypeDiscriminator is string name ? $"\"{name}\"" : one.TypeDiscriminator))}";
        if (type.Kind is JsonTypeInfoKind.Enumerable) return "an array";
        if (type.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary) return "an object";
        if (plain == typeof(string)) return "a string";
        if (plain == typeof(bool)) return "true or false";
        if (plain.IsEnum) return $"one of {string.Join(", ", plain.GetEnumNames())}, or its number,";
        return Type.GetTypeCode(plain) switch
        {
            >= TypeCode.SByte and <= TypeCode.UInt64 => $"a whole number ({TypeName.Of(plain)})",
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => $"a number ({TypeName.Of(plain)})",
            _ => $"a value of type {TypeName.Of(plain)}",
        };
    }

    // A property may be that of a derived type.
    static JsonTypeInfo? Inside(JsonTypeInfo? type, string step) => type?.Kind switch
    {
        JsonTypeInfoKind.Object when type.Properties.FirstOrDefault(property => Same(property.Name, step, type.Options)) is { } found =>
            TypeOf(found.PropertyType, type.Options),
        JsonTypeInfoKind.Object => type.PolymorphismOptions?.DerivedTypes
            .Where(derived => derived.DerivedType != type.Type)
            .Select(derived => Inside(TypeOf(derived.DerivedType, type.Options), step)).FirstOrDefault(found => found is not null),
        JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary when type.ElementType is { } element => TypeOf(element, type.Options),
        _ => null,
    };

    static bool Same(string name, string other, JsonSerializerOptions options) =>
        string.Equals(name, other, options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    static JsonTypeInfo? TypeOf(Type type, JsonSerializerOptions options) => options.TryGetTypeInfo(type, out var info) ? info : null;

    // $.a[0]['b c'] as a, 0, b c.
    [GeneratedRegex(@"\.(?<step>[^.\[]*)|\['(?<step>.*?)'\]|\[(?<step>[^\]]*)\]", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    static partial Regex Steps { get; }

    // Where the serializer was: "… Path: $.pets[0] | LineNumber: 0 | …".
    [GeneratedRegex(@" Path: (?<path>\$.*?) \| LineNumber", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    static partial Regex Place { get; }

    [GeneratedRegex("missing required properties including: '(?<name>[^']*)'", RegexOptions.ExplicitCapture)]
    static partial Regex Required { get; }
}
