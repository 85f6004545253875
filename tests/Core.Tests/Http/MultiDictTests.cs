namespace Modular.Tests.Http;

public class MultiDictTests
{
    static MultiDict Dict(params (string, string)[] pairs) =>
        new(pairs.Select(p => KeyValuePair.Create(p.Item1, p.Item2)));

    // More names than are walked over, so that the hashed form is used.
    static MultiDict Many() => Dict([.. Enumerable.Range(0, 20).Select(i => ($"n{i % 10}", $"{i}"))]);

    [Fact]
    public void The_first_value_of_a_name_wins()
    {
        Assert.Equal("1", Dict(("a", "1"), ("a", "2"))["a"]);
        Assert.Equal("3", Many()["n3"]);
    }

    [Fact]
    public void All_values_of_a_name_keep_their_order()
    {
        Assert.Equal(["1", "3"], Dict(("a", "1"), ("b", "2"), ("a", "3")).GetAll("a"));
        Assert.Equal(["3", "13"], Many().GetAll("n3"));
        Assert.Empty(Many().GetAll("none"));
    }

    [Fact]
    public void Names_come_once_each_in_the_order_in_which_they_were_first_seen()
    {
        Assert.Equal(["b", "a"], Dict(("b", "1"), ("a", "2"), ("b", "3")).Keys);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"n{i}"), Many().Keys);
    }

    [Fact]
    public void Count_is_the_number_of_names_and_Pairs_has_every_pair()
    {
        Assert.Equal((10, 20), (Many().Count, Many().Pairs.Count));
        Assert.Equal((1, 2), (Dict(("a", "1"), ("a", "2")).Count, Dict(("a", "1"), ("a", "2")).Pairs.Count));
        Assert.Equal(Many().Count, Many().ToList().Count);
    }

    [Fact]
    public void Names_are_case_sensitive()
    {
        Assert.False(Dict(("a", "1")).ContainsKey("A"));
    }

    [Fact]
    public void A_value_can_be_read_as_a_number()
    {
        var dict = Dict(("n", "12"), ("x", "1.5"), ("bad", "abc"), ("empty", ""));

        Assert.Equal(12, dict.Get("n", -1));
        Assert.Equal(1.5, dict.Get("x", 0.0));
        Assert.Equal(-1, dict.Get("bad", -1));
        Assert.Equal(-1, dict.Get("empty", -1));
        Assert.Equal(-1, dict.Get("missing", -1));
    }

    [Fact]
    public void A_missing_name_gives_the_fallback_or_null()
    {
        Assert.Equal("x", MultiDict.Empty.Get("q", "x"));
        Assert.Null(MultiDict.Empty.Get("q"));
    }

    [Fact]
    public void Asking_for_a_missing_name_by_index_is_a_400_that_names_it_in_the_log_only()
    {
        var error = Assert.Throws<MissingKeyException>(() => QueryString.Parse("a=1")["q"]);

        Assert.Equal(400, error.Status);
        Assert.Equal("q", error.Key);
        Assert.Equal("Request.Args has no value named \"q\". Read it with Request.Args.Get(\"q\") if it may be missing.", error.Message);
    }
}
