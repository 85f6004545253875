using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using SameSiteMode = Microsoft.AspNetCore.Http.SameSiteMode;

namespace Modular.Tests;

public class HeaderVectorTests(ITestOutputHelper output)
{
    static readonly TimeProvider Clock = new StoppedClock(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Cookies_are_dumped_as_by_Werkzeug() => Run("werkzeug.http.dump_cookie", DumpCookie,
        ("""{"key":"foo","value":"bar baz blub","max_age":360,"httponly":true,"sync_expires":false}""",
            "foo=\"bar baz blub\"; Expires=Thu, 01 Jan 1970 00:06:00 GMT; Max-Age=360; HttpOnly; Path=/", "Expires always goes along with Max-Age"),
        ("""{"key":"k","value":"v","max_age":{"$seconds":90},"sync_expires":false}""",
            "k=v; Expires=Thu, 01 Jan 1970 00:01:30 GMT; Max-Age=90; Path=/", "Expires always goes along with Max-Age"),
        ("""{"key":"fö","value":"fö"}""", "error", "a name is an RFC 6265 token; upstream sends mojibake"));

    [Fact]
    public void Dates_are_written_as_by_Werkzeug() => Run("werkzeug.http.http_date", args =>
    {
        var timestamp = args.GetProperty("timestamp");
        return HeaderUtilities.FormatDate(timestamp.ValueKind == JsonValueKind.Number
            ? DateTimeOffset.FromUnixTimeSeconds((long)timestamp.GetDouble())
            : Date(timestamp));
    });

    [Fact]
    public void Tags_are_quoted_as_by_Werkzeug() => Run("werkzeug.http.quote_etag", args =>
        new Response().SetETag(args.GetProperty("etag").GetString()!, args.TryGetProperty("weak", out var weak) && weak.GetBoolean()).Headers.ETag.ToString());

    // Ours reads a range for a body of a known length, and takes one only; several are ignored.
    [Fact]
    public void Ranges_are_read_as_by_Werkzeug() => Run("werkzeug.http.parse_range_header", args =>
        RangeHeaderValue.TryParse(args.GetProperty("value").GetString(), out var header) && ByteRange.Of(header, 1000) is { } range ? $"{range.Start}+{range.Length}" : "",
        ("""{"value":"bytes=-0"}""", "1000+0", "a suffix of nothing cannot be satisfied, RFC 9110 §14.1.2"));

    [Fact]
    public void Media_types_get_a_charset_as_by_Werkzeug() => Run("werkzeug.utils.get_content_type", args =>
        MediaType.WithCharset(args.GetProperty("mimetype").GetString()!));

    [Fact]
    public void Addresses_become_ascii_as_by_Werkzeug() => Run("werkzeug.urls.iri_to_uri", args => Iri.ToUri(args.GetProperty("iri").GetString()!));

    void Run(string function, Func<JsonElement, string> answer, params (string, string, string)[] deviations)
    {
        var vectors = new VectorFile("http_functions.json", output, deviations);
        output.WriteLine(function);
        foreach (var vector in VectorFile.Load("http_functions.json").GetProperty(function).EnumerateArray())
        {
            var args = vector.GetProperty("args");
            var expect = vector.GetProperty("expect");
            var value = expect.TryGetProperty("value", out var v) ? Plain(v) : "error";
            var key = JsonSerializer.Serialize(args, Relaxed);
            vectors.Check(key, value, answer(args));
        }
        vectors.Finish();
    }

    static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static string Plain(JsonElement value) => value.ValueKind != JsonValueKind.Object ? value.ToString()
        : value.TryGetProperty("$datetime", out var date) ? date.GetString()!
        : value.TryGetProperty("$range", out var range) ? Range(range.GetProperty("ranges"))
        : JsonSerializer.Serialize(value.GetProperty("$tuple"));

    static string Range(JsonElement ranges)
    {
        if (ranges.GetArrayLength() != 1) return "";
        var (first, stop) = (ranges[0][0].GetInt64(), ranges[0][1].ValueKind == JsonValueKind.Null ? 1000 : Math.Min(1000, ranges[0][1].GetInt64()));
        var start = first < 0 ? 1000 + first : first;
        return $"{start}+{stop - start}";
    }

    static DateTimeOffset Date(JsonElement value) =>
        DateTimeOffset.Parse(value.GetProperty("$datetime").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static string DumpCookie(JsonElement args)
    {
        JsonElement? Get(string name) => args.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        bool Flag(string name) => Get(name)?.GetBoolean() ?? false;
        try
        {
            var options = new CookieOptions
            {
                MaxAge = Get("max_age") is not { } age ? null : TimeSpan.FromSeconds(age.ValueKind == JsonValueKind.Number ? age.GetDouble() : age.GetProperty("$seconds").GetDouble()),
                Expires = Get("expires") is not { } end ? null : end.ValueKind == JsonValueKind.Number ? DateTimeOffset.FromUnixTimeSeconds(end.GetInt64()) : Date(end),
                Path = args.TryGetProperty("path", out var path) ? path.GetString() : "/",
                Domain = Get("domain")?.GetString(),
                Secure = Flag("secure"),
                HttpOnly = Flag("httponly"),
                SameSite = Get("samesite") is { } mode ? Enum.Parse<SameSiteMode>(mode.GetString()!, ignoreCase: true) : SameSiteMode.Unspecified,
            };
            if (Flag("partitioned")) options.Extensions.Add("Partitioned");
            return SetCookie.Format(args.GetProperty("key").GetString()!, args.GetProperty("value").GetString()!, options, Clock);
        }
        catch (Exception error) when (error is ArgumentException or ModularException)
        {
            return "error";
        }
    }

    sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
