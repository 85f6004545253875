using Modular.Proofs.Routing;

namespace Modular.Proofs.Text;

public sealed class TextProofs
{
    static readonly Gen<string> Whole = Gen.OneOf(Gen.String, Gen.String[Gen.Char["%+&=;#?/ aü2F"], 0, 20]).Select(RoundTripProofs.WholeCharacters);

    /// <summary>Text with all characters of URLs, also in the wrong places.</summary>
    static readonly Gen<string> Addresses = Pick.Of(
        "http:", "https://", "//", "/", "?", "#", "@", ":", "80", "%", "%2", "%2F", "%C3%BC", "ü", "bücher.test", "xn--", "BÜCHER", "a", "..", " ",
        "[::1]", "\\", "\"", "<", "\r\n", "\uD800", "😀", "..ü", "ß", "%FF", "+", "&", "=").Array[0, 9].Select(string.Concat);

    [Fact]
    public void Encoded_text_decodes_to_itself() => Proof.Holds(Whole, text =>
    {
        Assert.Equal(text, Percent.Decode(Percent.Encode(text, Percent.PathSafe)));
        Assert.Equal(text, Percent.Decode(Percent.Encode(text, Percent.Safe("")), plusIsSpace: true));
    }, cases: 10_000);

    [Fact]
    public void Decoding_never_throws_and_never_makes_text_longer() => Proof.Holds(
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["%0aFfcC3bB+\uD83D"], 0, 30]),
        text => Assert.True(Percent.Decode(text, plusIsSpace: true).Length <= text.Length));

    [Fact]
    public void An_address_in_ascii_stays_as_it_is() => Proof.Holds(Addresses, iri =>
    {
        var uri = Iri.ToUri(iri);

        Assert.Equal(uri, Iri.ToUri(uri));
        Assert.DoesNotContain(uri, c => c is <= ' ' or >= '\x7F');
    }, cases: 20_000);

    [Fact]
    public void A_cookie_comes_back_as_it_was_set() => Proof.Holds(Whole, value =>
    {
        var header = SetCookie.Format("name", value, new() { Path = null }, TimeProvider.System);

        Assert.Equal(value, RequestCookies.Parse(header)["name"]);
        Assert.DoesNotContain(header, char.IsControl);
    }, cases: 10_000);

    [Fact]
    public void A_query_comes_back_as_it_was_built() => Proof.Holds(
        Gen.Select(Whole.Where(name => name is not ("" or "_")), Whole).Array[0, 6],
        pairs =>
        {
            var table = new RouteTable(new(), new ConverterTable());
            table.Add("/", "e", new());
            var url = new UrlBinding(table, new UrlPlace("http", "example.org")).Build("e", [.. pairs.Select(pair => (pair.Item1, (object?)pair.Item2))], new());

            var query = QueryString.Parse(url[(url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? at : url.Length)..]);

            Assert.Equal(pairs.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)), query.Pairs);
        });
}
