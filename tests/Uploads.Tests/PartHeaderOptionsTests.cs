using System.Text;

namespace Modular.Uploads.Tests;

public sealed class PartHeaderOptionsTests(ITestOutputHelper output)
{
    [Fact]
    public void Options_are_read_as_Werkzeug_reads_them()
    {
        var run = new VectorFile("parse_options_header", output);

        foreach (var item in VectorFile.Load("http_functions.json").GetProperty("werkzeug.http.parse_options_header").EnumerateArray())
        {
            var header = item.GetProperty("args").GetProperty("value").GetString();
            var expected = item.GetProperty("expect").GetProperty("value").GetProperty("$tuple");
            var (value, options) = PartHeaderOptions.Parse(header);
            var actual = $"[{VectorFile.Quote(value)},{{{string.Join(',', options.Select(o => $"{VectorFile.Quote(o.Key)}:{VectorFile.Quote(o.Value)}"))}}}]";
            run.Check(header ?? "null", VectorFile.Text(expected), actual);
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
        PartHeaderOptions.Parse(header);

        // It takes a part of a second; quadratic would be many minutes.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_continued_option_is_put_together_in_the_order_in_which_it_came()
    {
        var (_, options) = PartHeaderOptions.Parse("a; x*1=b; n=first; x*0=a; n*0=-more; n*1*=utf-8''%C3%BC; m*0=gone; m=1");

        Assert.Equal(["x=ba", "n=first-more\u00FC", "m=1"], options.Select(option => $"{option.Key}={option.Value}"));
    }
}
