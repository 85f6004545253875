using Xunit.Abstractions;

namespace Modular.Tests.Http;

public class HeaderOptionsTests(ITestOutputHelper output)
{
    [Fact]
    public void Options_are_read_as_Werkzeug_reads_them()
    {
        var run = new VectorFile("parse_options_header", output);

        foreach (var item in VectorFile.Load("http_functions.json").GetProperty("werkzeug.http.parse_options_header").EnumerateArray())
        {
            var header = item.GetProperty("args").GetProperty("value").GetString();
            var expected = item.GetProperty("expect").GetProperty("value").GetProperty("$tuple");
            var (value, options) = HeaderOptions.Parse(header);
            var actual = $"[{VectorFile.Quote(value)},{{{string.Join(',', options.Select(o => $"{VectorFile.Quote(o.Key)}:{VectorFile.Quote(o.Value)}"))}}}]";
            run.Check(header ?? "null", VectorFile.Text(expected), actual);
        }

        run.Report();
    }

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

        run.Report();
    }
}
