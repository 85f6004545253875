using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Conformance.Tests;

/// <summary>An answer in the one spelling in which two answers that mean the same are equal: its parts by name.</summary>
static partial class Normal
{
    // The server's own, or free: a page's wording gives its length.
    static readonly HashSet<string> Free = new(["server", "date", "connection", "keep-alive", "content-length", "transfer-encoding"], StringComparer.OrdinalIgnoreCase);

    static readonly string[] Secrets = ["secret-detail-7c1f", "no_such_endpoint_7c1f", "no_such_template_7c1f", "TOP SECRET", "Traceback", "   at "];

    internal static SortedDictionary<string, string> Of(Answer answer, RawRequest request)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["status"] = $"{answer.Status}" };
        foreach (var named in answer.Headers.Where(header => !Free.Contains(header.Name)).GroupBy(header => header.Name.ToLowerInvariant()))
            parts[named.Key] = string.Join('\n', named.Select(header => Value(named.Key, header.Value, answer, request)).Order(StringComparer.Ordinal));
        var type = answer.Header("Content-Type") ?? "";
        parts["body"] = Body(answer, type);
        if (!type.Contains("html", StringComparison.Ordinal) && !type.Contains("json", StringComparison.Ordinal) && answer.Header("Content-Length") is { } length)
            parts["content-length"] = length;
        if (Leak(answer, request) is { } leak) parts["leak"] = leak;
        return parts;
    }

    static string Value(string name, string value, Answer answer, RawRequest request) => name switch
    {
        "allow" or "vary" => string.Join(", ", value.Split(',').Select(item => item.Trim()).Order(StringComparer.Ordinal)),
        // Of a file: its time, size and name, in a spelling of each side's own.
        "etag" when request.Path.Contains("/static/", StringComparison.Ordinal) => Regex.IsMatch(value, "^\"[^\"]+\"$") ? "\"…\"" : value,
        "set-cookie" => Cookie(value, answer),
        _ => value,
    };

    // The payload of a session and the cookie's attributes, in any order; a time that lies ahead as minutes from now.
    static string Cookie(string value, Answer answer)
    {
        var parts = value.Split(';', StringSplitOptions.TrimEntries);
        if (parts[0].StartsWith("session=", StringComparison.Ordinal)) parts[0] = $"session={SessionCookie.Payload(parts[0]["session=".Length..])}";
        var isRelative = parts[0].StartsWith("session=", StringComparison.Ordinal) || parts.Any(part => part.StartsWith("Max-Age=", StringComparison.Ordinal));
        return string.Join("; ", parts.Take(1).Concat(parts.Skip(1).Select(part => isRelative ? FromNow(part, answer) : part).Order(StringComparer.Ordinal)));
    }

    static string FromNow(string attribute, Answer answer)
    {
        if (!attribute.StartsWith("Expires=", StringComparison.Ordinal) || Date(attribute["Expires=".Length..]) is not { } expires) return attribute;
        if (Date(answer.Header("Date") ?? "") is not { } now || expires < now.AddMinutes(-10)) return attribute;
        return string.Create(CultureInfo.InvariantCulture, $"Expires=+{(int)Math.Round((expires - now).TotalMinutes)} minutes");
    }

    static DateTimeOffset? Date(string text) => DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    static string Body(Answer answer, string type)
    {
        if (type.StartsWith("application/json", StringComparison.Ordinal)) return JsonMeaning.Of(answer.Body);
        if (type.Length == 0 || type.StartsWith("text/", StringComparison.Ordinal)) return type.StartsWith("text/html", StringComparison.Ordinal)
            ? Page(answer.Status, WebUtility.HtmlDecode(Encoding.UTF8.GetString(answer.Body))) : Encoding.UTF8.GetString(answer.Body);
        return answer.Body.Length < 200 ? Encoding.Latin1.GetString(answer.Body) : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(answer.Body));
    }

    static string Page(int status, string text)
    {
        text = Space().Replace(text, " ").Trim();
        var isDefault = status >= 300 && text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("No such page", StringComparison.Ordinal) && !text.Contains("Hello from Flask", StringComparison.Ordinal);
        return isDefault ? "(a default page)" : text;
    }

    static string? Leak(Answer answer, RawRequest request)
    {
        var all = Encoding.Latin1.GetString(answer.Body) + string.Join('\n', answer.Headers);
        return Secrets.FirstOrDefault(secret => all.Contains(secret, StringComparison.Ordinal) && !request.Target.Contains(secret, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
