namespace Modular.Tests.Http;

public class QueryStringTests
{
    [Theory]
    [InlineData("", "[]")]
    [InlineData("a=1&b=2&a=3", """[["a","1"],["a","3"],["b","2"]]""")]
    [InlineData("a", """[["a",""]]""")]
    [InlineData("a=", """[["a",""]]""")]
    [InlineData("=a", """[["","a"]]""")]
    [InlineData("&&a=1&", """[["a","1"]]""")]
    [InlineData("a=1;b=2", """[["a","1;b=2"]]""")]
    [InlineData("a+b=c+d%2Be", """[["a b","c d\u002Be"]]""")]
    [InlineData("a=1=2", """[["a","1=2"]]""")]
    [InlineData("a%3Db%26=c", """[["a=b\u0026","c"]]""")]
    [InlineData("a=%zz%4", """[["a","%zz%4"]]""")]
    [InlineData("a=%FF%C3%BC", """[["a","\uFFFD\u00FC"]]""")]
    [InlineData("a=%2541", """[["a","%41"]]""")]
    [InlineData("a=%00", """[["a","\u0000"]]""")]
    public void A_query_is_parsed_as_browsers_write_it(string query, string expected)
    {
        var dict = QueryString.Parse(query);

        Assert.Equal(expected, VectorFile.Text(dict));
    }

    [Fact]
    public void Ten_times_the_names_take_about_ten_times_the_memory()
    {
        var small = Bytes(1_000);
        var large = Bytes(10_000);

        Assert.InRange(large, small * 8, small * 13);
    }

    static long Bytes(int names)
    {
        var query = string.Join('&', Enumerable.Range(0, names).Select(i => $"name{i:D5}=1"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        QueryString.Parse(query);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
