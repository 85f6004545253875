using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Modular.Tests.Scenarios;

/// <summary>Answers as one line of text each, so that two can be compared: status, headers by name, body; or what was raised.</summary>
static partial class ScenarioAnswer
{
    const string ExpiresAfterMaxAge = "<now+max_age>";

    internal static string Expected(JsonElement answer) => answer.TryGetProperty("raises", out var raised)
        ? $"raises {raised.GetString()}: {answer.GetProperty("message").GetString()}"
        : Line(
            int.Parse(answer.GetProperty("status").GetString()!.Split(' ')[0], CultureInfo.InvariantCulture),
            answer.GetProperty("headers").EnumerateArray().Select(header => (header[0].GetString()!, header[1].GetString()!)),
            answer.GetProperty("body").GetString()!);

    internal static string Of(int status, IEnumerable<(string Name, string Value)> headers, ReadOnlySpan<byte> body)
    {
        var all = headers.ToList();
        return Line(status, all.Select(header => (header.Name, Masked(header.Name, header.Value, all))), Encoding.UTF8.GetString(body));
    }

    internal static string Raised(Exception error) => $"raises {PythonName(error)}: {error.Message}";

    /// <summary>Flask's name for one of our exceptions; null for exceptions outside the exchanges.</summary>
    internal static string? PythonName(Exception error) => error switch
    {
        DivideByZeroException => "ZeroDivisionError",
        MissingKeyException => "BadRequestKeyError",
        HttpException { Status: 403 } => "Forbidden",
        HttpException { Status: 404 } => "NotFound",
        InvalidOperationException when error.Message.Contains("redirected", StringComparison.Ordinal) => "ClientRedirectError",
        _ => null,
    };

    // The words after a status code are the server's affair, and the order of a set says nothing.
    static string Line(int status, IEnumerable<(string Name, string Value)> headers, string body)
    {
        var lines = headers.Select(header => $"{header.Name}: {(header.Name is "Allow" or "Vary" ? Sorted(header.Value) : header.Value)}");
        return $"{status} [{string.Join("; ", lines.Order(StringComparer.Ordinal))}] {JsonSerializer.Serialize(body)}";
    }

    static string Sorted(string set) => string.Join(", ", set.Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal));

    static string Masked(string name, string value, List<(string Name, string Value)> all) => name switch
    {
        "ETag" when MadeTag().IsMatch(value) => "\"<etag>\"",
        "Expires" when IsNowPlusMaxAge(value, all.Find(header => header.Name == "Cache-Control").Value) => ExpiresAfterMaxAge,
        _ => value,
    };

    static bool IsNowPlusMaxAge(string expires, string caching)
    {
        var age = int.Parse(caching.AsSpan(caching.IndexOf("max-age=", StringComparison.Ordinal) + "max-age=".Length), CultureInfo.InvariantCulture);
        var late = DateTimeOffset.UtcNow.AddSeconds(age) - DateTimeOffset.ParseExact(expires, "r", CultureInfo.InvariantCulture);
        return late >= TimeSpan.Zero && late < TimeSpan.FromMinutes(2);
    }

    // As ours are made: time, size and a hash of the path.
    [GeneratedRegex("^\"[0-9a-f]+-[0-9a-f]+-[0-9a-f]+\"$")]
    internal static partial Regex MadeTag();
}
