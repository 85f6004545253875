using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;

namespace Modular;

/// <summary>The 400 of a JSON body that is not what was wanted: it names the place and what was expected.</summary>
static partial class JsonProblem
{
    const int LongestPath = 200;

    internal static HttpException Null(JsonTypeInfo wanted, string at = "$") => At(at, $"{Expected(wanted)} is expected, but null was sent");

    /// <summary>Null when the body may be UTF-8, which the parser finds out in strings only when they are asked for.</summary>
    internal static HttpException? Encoding(ReadOnlySpan<byte> text)
    {
        if (text is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] or [0, ..] or [_, 0, ..])
            return Bad("The JSON body is UTF-16 or UTF-32. Send it as UTF-8.");
        return System.Text.Unicode.Utf8.IsValid(text) ? null : Bad("The JSON body is not valid UTF-8. Send it as UTF-8.");
    }

    /// <summary>The body is no JSON at all.</summary>
    internal static HttpException Malformed(ReadOnlySpan<byte> text, JsonException error) => text.IsEmpty
        ? Bad("The JSON body is empty. Send a JSON value.", error)
        : Bad($"The JSON body is malformed, or deeper than {JsonDefaults.MaxDepth} levels, at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}.", error);

    /// <summary>The body is JSON, but no <paramref name="wanted"/>.</summary>
    /// <param name="at">Where in the request's JSON <paramref name="body"/> is.</param>
    internal static HttpException Shape(JsonElement body, JsonTypeInfo wanted, JsonException error, string at = "$")
    {
        var inside = error.Path ?? "$";
        var path = at + inside[1..];
        JsonElement? value = body;
        var type = Actual(wanted, value);
        foreach (var match in Steps.Matches(inside).AsEnumerable())
        {
            var step = match.Groups["step"].Value;
            if (type?.PolymorphismOptions is { } options && step == options.TypeDiscriminatorPropertyName)
            {
                path = at + inside[1..match.Index];
                break;
            }
            value = Inside(value, step, wanted.Options);
            type = Actual(Inside(type, step), value);
        }
        if (type?.PolymorphismOptions is not null && value is { ValueKind: JsonValueKind.Object }) return At(path, $"{Expected(type)} is expected", error);
        if (type is { Kind: JsonTypeInfoKind.Object } && value is { ValueKind: JsonValueKind.Object } there)
        {
            var missing = type.Properties.FirstOrDefault(property => property.IsRequired && Inside(there, property.Name, type.Options) is null);
            if (missing is not null) return At($"{path}.{missing.Name}", $"{Expected(TypeOf(missing.PropertyType, type.Options))} is required, but missing", error);
        }
        var (expected, sent) = (Expected(type), Sent(value));
        return At(path, sent == $", but {expected} was sent" ? $"{expected} of another shape is expected" : $"{expected} is expected{sent}", error);
    }

    /// <summary>The 400 of an object without the property that says which of several types it is, or with that property too late; null where <paramref name="error"/> is about a type that no JSON can be read as.</summary>
    internal static HttpException? Untyped(JsonTypeInfo wanted, NotSupportedException error, string at = "$")
    {
        if (Unsupported.Match(error.Message) is not { Success: true } found) return null;
        var inside = found.Groups["path"].Value;
        JsonTypeInfo? type = wanted;
        foreach (var match in Steps.Matches(inside).AsEnumerable())
        {
            if (Inside(type, match.Groups["step"].Value) is not { } next)
            {
                // The place that was reached when the type could not be made may be a property of the object itself.
                inside = inside[..match.Index];
                break;
            }
            type = next;
        }
        return type?.PolymorphismOptions is null ? null : At(at + inside[1..], $"{Expected(type)} is expected", error);
    }

    /// <summary>The 400 of an object with one name twice, which a <c>JsonObject</c> can't hold; null when there is none.</summary>
    internal static HttpException? Twice(JsonElement value, JsonSerializerOptions options, string at = "$") =>
        Twice(value, options.PropertyNameCaseInsensitive ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal, at) is { } path
            ? At(path, "a name may be in an object once, but was sent twice") : null;

    static string? Twice(JsonElement value, StringComparer names, string path)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray().Select((item, index) => Twice(item, names, $"{path}[{index}]")).FirstOrDefault(found => found is not null);
        if (value.ValueKind != JsonValueKind.Object) return null;
        var seen = new HashSet<string>(names);
        foreach (var property in value.EnumerateObject())
        {
            var inner = $"{path}.{property.Name}";
            if (!seen.Add(property.Name)) return inner;
            if (Twice(property.Value, names, inner) is { } found) return found;
        }
        return null;
    }

    /// <summary>The property of the request's JSON object that is read as <paramref name="wanted"/>.</summary>
    /// <exception cref="HttpException">400: the JSON is no object, or lacks the property.</exception>
    internal static JsonElement Property(JsonElement body, string name, JsonTypeInfo wanted) =>
        body.ValueKind != JsonValueKind.Object ? throw At("$", $"an object is expected{Sent(body)}")
        : body.TryGetProperty(name, out var value) ? value : throw At($"$.{name}", $"{Expected(wanted)} is required, but missing");

    /// <summary>A lone surrogate in a string or a name, which nothing could read; null when there is none.</summary>
    internal static HttpException? Surrogate(JsonElement value, ReadOnlySpan<byte> text) =>
        text.IndexOf("\\u"u8) < 0 || Surrogate(value, "$") is not { } path ? null : At(path, "well-formed text is expected, but half of a surrogate pair was sent");

    static string? Surrogate(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.String => IsText(value.GetString) ? null : path,
        JsonValueKind.Array => value.EnumerateArray().Select((item, index) => Surrogate(item, $"{path}[{index}]")).FirstOrDefault(found => found is not null),
        JsonValueKind.Object => value.EnumerateObject()
            .Select(property => IsText(() => property.Name) ? Surrogate(property.Value, $"{path}.{property.Name}") : path).FirstOrDefault(found => found is not null),
        _ => null,
    };

    static bool IsText(Func<string?> read)
    {
        try
        {
            read();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// The 400 of a failed look into the request's JSON (<c>GetProperty</c>, <c>GetInt32</c> …); null when <paramref name="error"/> is another one.
    /// </summary>
    /// <remarks>
    /// An element does not know where it came from. What counts is that the view has taken the request's JSON as elements or nodes, and that the error was thrown
    /// by an accessor of these, not by the serializer, the parser or the user's code.
    /// </remarks>
    internal static HttpException? OfAccess(Request request, Exception error)
    {
        if (error is not (KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException) or ObjectDisposedException) return null;
        if (!request.GaveJsonElements || !IsOfAccessor(error)) return null;
        return error switch
        {
            KeyNotFoundException => Bad("A property is required that the JSON body does not have.", error),
            IndexOutOfRangeException => Bad("An array of the JSON body has fewer items than are required.", error),
            FormatException => Bad("A value of the JSON body does not have the format or the range that is expected.", error),
            _ => Bad($"A value of the JSON body has another type than is expected. {error.Message}", error),
        };
    }

    static bool IsOfAccessor(Exception error)
    {
        var found = false;
        foreach (var frame in new StackTrace(error, fNeedFileInfo: false).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is not { } method || !method.DeclaringAssemblyName.StartsWith("System.Text.Json,", StringComparison.Ordinal)) break;
            var type = method.DeclaringTypeName ?? "";
            if (type.Contains("Serializ", StringComparison.Ordinal) || type.Contains("Utf8Json", StringComparison.Ordinal)) return false;
            found = true;
        }
        return found;
    }

    static HttpException At(string path, string problem, Exception? error = null) => Bad($"The JSON body is wrong at {Printable(path)}: {problem}.", error);

    static HttpException Bad(string description, Exception? error = null) => new(StatusCodes.Status400BadRequest, description, error);

    // Names in it are the client's, and it goes into a log.
    static string Printable(string path) => string.Concat(path.Take(LongestPath).Select(sign => char.IsControl(sign) ? '?' : sign));

    static string Expected(JsonTypeInfo? type)
    {
        if (type is null) return "another value";
        var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (type.PolymorphismOptions is { DerivedTypes: { Count: > 0 } derived } options)
            return $"an object whose {(type.Options.AllowOutOfOrderMetadataProperties ? "" : "first ")}property \"{options.TypeDiscriminatorPropertyName}\" is one of {string.Join(", ", derived.Select(one => Discriminator(one.TypeDiscriminator)).OfType<string>())}";
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

    // The derived type that the object says it is.
    static JsonTypeInfo? Actual(JsonTypeInfo? type, JsonElement? value)
    {
        if (type?.PolymorphismOptions is not { } options || value is not { ValueKind: JsonValueKind.Object } there) return type;
        var properties = there.EnumerateObject().Take(type.Options.AllowOutOfOrderMetadataProperties ? int.MaxValue : 1);
        if (properties.FirstOrDefault(property => property.NameEquals(options.TypeDiscriminatorPropertyName)) is not { Value: { ValueKind: not JsonValueKind.Undefined } sent }) return type;
        var found = options.DerivedTypes.FirstOrDefault(one => one.TypeDiscriminator is { } wanted && Convert.ToString(wanted, CultureInfo.InvariantCulture) == sent.ToString());
        return found.DerivedType is { } derived ? TypeOf(derived, type.Options) : type;
    }

    static string? Discriminator(object? value) => value is string text ? $"\"{text}\"" : Convert.ToString(value, CultureInfo.InvariantCulture);

    static string Sent(JsonElement? value) => value?.ValueKind switch
    {
        JsonValueKind.Null => ", but null was sent",
        JsonValueKind.String => ", but a string was sent",
        JsonValueKind.Number => ", but a number was sent",
        JsonValueKind.True or JsonValueKind.False => ", but true or false was sent",
        JsonValueKind.Array => ", but an array was sent",
        JsonValueKind.Object => ", but an object was sent",
        _ => "",
    };

    // $.a[0]['b c'] as a, 0, b c.
    [GeneratedRegex(@"\.(?<step>[^.\[]*)|\['(?<step>.*?)'\]|\[(?<step>[^\]]*)\]", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    static partial Regex Steps { get; }

    // Where the serializer was: "… Path: $.pets[0] | LineNumber: 0 | …".
    [GeneratedRegex(@" Path: (?<path>\$.*?) \| LineNumber", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    static partial Regex Unsupported { get; }

    static JsonTypeInfo? Inside(JsonTypeInfo? type, string step) => type?.Kind switch
    {
        JsonTypeInfoKind.Object => type.Properties.FirstOrDefault(property => Same(property.Name, step, type.Options)) is { } found ? TypeOf(found.PropertyType, type.Options) : null,
        JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary => type.ElementType is { } element ? TypeOf(element, type.Options) : null,
        _ => null,
    };

    static JsonElement? Inside(JsonElement? value, string step, JsonSerializerOptions options)
    {
        if (value is { ValueKind: JsonValueKind.Array } array)
            return int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < array.GetArrayLength() ? array[index] : null;
        if (value is not { ValueKind: JsonValueKind.Object } there) return null;
        foreach (var property in there.EnumerateObject())
            if (Same(property.Name, step, options)) return property.Value;
        return null;
    }

    static bool Same(string name, string other, JsonSerializerOptions options) =>
        string.Equals(name, other, options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    static JsonTypeInfo? TypeOf(Type type, JsonSerializerOptions options) => options.TryGetTypeInfo(type, out var info) ? info : null;
}
