using System.Text;
using Xunit.Abstractions;

namespace Modular.Tests.Http;

public class HeaderOptionsTests(ITestOutputHelper output)
{
    [Fact]
    public void Lists_are_read_as_Werkzeug_reads_them()
    {
        var run = new VectorFile("parse_list_header", output);

        foreach (var item in VectorFile.Load("http_functions.json").GetProperty("werkzeug.http.parse_list_header").EnumerateArray())
        {
            var header = item.GetProperty("args").GetProperty("value").GetString();
            var actual = $"[{string.Join(',', HeaderList.Parse(header).Select(VectorFile.Quote))}]";
            run.Check(header ?? "null", VectorFile.Text(item.GetProperty("expect").GetProperty("value")), actual);
        }

        run.Finish();
    }

    [Theory]
    [InlineData("a*0=x;")]
    [InlineData("a*0=x;b*1=y;")]
    [InlineData("a*1*=%41;")]
    [InlineData("a*0*=utf-8'en'%41;a*1*=%42;")]
    [InlineData("a=1;a*0=2;")]
    [InlineData("a=\"\\\"\";")]
    [InlineData("a=\"")]
    [InlineData("a=\"\\")]
    [InlineData("\\\"")]
    [InlineData("a")]
    [InlineData("=")]
    [InlineData(";")]
    [InlineData(" ")]
    [InlineData("a=%22;")]
    public void A_hostile_header_of_a_megabyte_is_read_in_linear_time(string piece)
    {
        var header = $"form-data; name=a; {new StringBuilder().Insert(0, piece, 1_000_000 / piece.Length)}";

        var watch = System.Diagnostics.Stopwatch.StartNew();
        HeaderOptions.Parse(header);

        // It takes a part of a second; quadratic would be many minutes.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("text/html", "text/html", "")]
    [InlineData("Text/HTML ; Charset=utf-8;q=\"a;\\\"b\"", "Text/HTML", "charset=utf-8,q=a;\"b")]
    [InlineData("a/b; broken; =1; x = 1; c=\"open; d=2", "a/b", "d=2")]
    [InlineData(null, "", "")]
    public void Options_are_read_also_beside_malformed_ones(string? header, string expected, string expectedOptions)
    {
        var (value, options) = HeaderOptions.Parse(header);

        Assert.Equal((expected, expectedOptions), (value, string.Join(',', options.Select(option => $"{option.Key}={option.Value}"))));
    }
}
