using System.Text;
using System.Text.Json;

namespace Modular.Tests.Http;

public class RequestUrlTests(ITestOutputHelper output)
{
    [Fact]
    public void Addresses_are_built_as_Werkzeug_builds_them()
    {
        var run = new VectorFile("get_current_url", output);

        foreach (var item in VectorFile.Load("http_functions.json").GetProperty("werkzeug.sansio.utils.get_current_url").EnumerateArray())
        {
            var args = item.GetProperty("args");
            var actual = RequestUrl.Build(Text(args, "scheme") ?? "", Text(args, "host") ?? "", Text(args, "root_path") ?? "",
                Text(args, "path"), Text(args, "query_string") ?? "");
            run.Check(args.GetRawText(), item.GetProperty("expect").GetProperty("value").GetString()!, actual);
        }

        run.Finish();
    }

    static string? Text(JsonElement args, string name) => !args.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Object ? Encoding.Latin1.GetString(value.GetProperty("$bytes").GetBytesFromBase64())
        : value.GetString();

    [Theory]
    [InlineData("/a b?c#d%e", "", "http://h/a%20b%3Fc%23d%25e")]
    [InlineData("/%41", "", "http://h/%2541")]           // Werkzeug shows /A, which is another path
    [InlineData("/ü<\"", "q=%C3%BC%20%26&r=%FF", "http://h/ü<\"?q=ü%20%26&r=%FF")]
    [InlineData("/", "a=b+c%2B", "http://h/?a=b+c%2B")]
    public void Only_what_would_change_the_meaning_is_encoded(string path, string query, string expected)
    {
        Assert.Equal(expected, RequestUrl.Build("http", "h", "", path, query));
    }

    [Theory]
    [InlineData("xn--n3h.net:8080", "http://☃.net:8080/")]
    [InlineData("XN--N3H.NET", "http://☃.net/")]
    [InlineData("xn--.net", "http://xn--.net/")]
    [InlineData("", "/")]
    public void A_host_is_shown_as_people_write_it(string host, string expected)
    {
        Assert.Equal(expected, RequestUrl.Build("http", host, ""));
    }
}
