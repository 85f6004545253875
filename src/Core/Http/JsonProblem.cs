using System.Diagnostics;
using System.Text.Unicode;

namespace Modular;

static partial class JsonProblem
{
    const int LongestPath = 200;

    internal static JsonElement Parse(ReadOnlySpan<byte> text, JsonSerializerOptions options)
    {
        if (text.StartsWith("\uFEFF"u8)) text = text[3..];
        if (text.IsEmpty) throw Bad("The JSON body is empty. Send a JSON value.");
        // The NUL is of UTF-16 and UTF-32. The reader checks strings only when they are read.
        if (text.Contains((byte)0) || !Utf8.IsValid(text)) throw Bad("The JSON body is not UTF-8. Send it as UTF-8.");
        var how = new JsonReaderOptions
        {
            MaxDepth = options.MaxDepth,
            CommentHandling = options.ReadCommentHandling,
            AllowTrailingCommas = options.AllowTrailingCommas,
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
            var (line, position) = (error.LineNumber + 1, error.BytePositionInLine + 1);
            throw Bad($"The JSON body is malformed, or nested too deeply, at line {line}, byte {position}.", error);
        }
        catch (InvalidOperationException error)
        {
            throw Bad("The JSON body has half of a surrogate pair, which isn't text. Send whole characters.", error);
        }
    }

    internal static HttpException At(string path, string problem, Exception? error = null)
    {
        // The path contains the client's names, and it is logged.
        var shown = string.Concat(path.Take(LongestPath).Select(sign => char.IsControl(sign) ? '?' : sign));
        return Bad($"The JSON body is wrong at {shown}: {problem}.", error);
    }

    internal static HttpException Null(string at = "$") => At(at, "null is not expected");

    /// <summary>The 400 of JSON that doesn't fit the type; null when the type can't be read from any JSON.</summary>
    internal static HttpException? Shape(Exception error, string at)
    {
        // An object without a leading type discriminator is also a NotSupportedException.
        if (error is NotSupportedException && !error.Message.Contains("type discriminator", StringComparison.Ordinal)) return null;
        var missing = Missing.Match(error.Message).Groups["names"];
        var path = $"{at}{(error as JsonException)?.Path?.TrimStart('$')}";
        return At(path, missing.Success ? $"it lacks {missing}" : "another value is expected", error);
    }

    /// <summary>The 400 of a failed access to the request's JSON (<c>GetProperty</c> …); null for another error.</summary>
    /// <remarks>The source of an element isn't known, so any accessor's error in a view with such JSON counts.</remarks>
    internal static HttpException? OfAccess(Request request, Exception error) =>
        request.GaveJsonElements
        && error is KeyNotFoundException or FormatException or IndexOutOfRangeException
            or (InvalidOperationException and not ObjectDisposedException) or (ArgumentException and not ArgumentNullException)
        && IsOfAccessor(error) ? Bad($"The JSON body doesn't have a value that the view reads. {error.Message}", error) : null;

    static bool IsOfAccessor(Exception error)
    {
        var types = new StackTrace(error, fNeedFileInfo: false).GetFrames().Select(DiagnosticMethodInfo.Create)
            .Where(method => method?.DeclaringAssemblyName.StartsWith("System.Text.Json,", StringComparison.Ordinal) is true)
            .Select(method => method!.DeclaringTypeName ?? "").ToList();
        return types.Count > 0 && !types.Exists(type =>
            type.Contains("Serializ", StringComparison.Ordinal) || type.Contains("Utf8Json", StringComparison.Ordinal));
    }

    /// <summary>True for types whose accessors read the JSON only when the view calls them, so that they may fail later.</summary>
    internal static bool IsLoose(Type type) => typeof(JsonNode).IsAssignableFrom(type)
        || type == typeof(JsonElement) || type == typeof(JsonElement?) || type == typeof(JsonDocument) || type == typeof(object);

    static HttpException Bad(string description, Exception? error = null) => new(400, description, error);

    // The serializer's own wording.
    [GeneratedRegex("properties including: (?<names>'[^']*'(, '[^']*')*)", RegexOptions.ExplicitCapture)]
    static partial Regex Missing { get; }
}
