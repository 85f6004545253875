namespace Modular.Tests.Http;

/// <summary>Around the parts of a header there may be spaces and tabs, and no other blanks (RFC 9110 §5.6.3).</summary>
public class HeaderBlankTests
{
    [Theory]
    [InlineData('\u00A0')]
    [InlineData('\u0085')]
    [InlineData('\u2003')]
    [InlineData('\u3000')]
    [InlineData('\v')]
    public void Other_blanks_belong_to_the_value(char blank)
    {
        Assert.Equal([$"a{blank}", $"{blank}b"], HeaderList.Parse($" a{blank}\t,{blank}b"));
        Assert.Equal(($"{blank}text/html", "1"), HeaderOptions.Parse($"\t{blank}text/html ;a=1") is var (value, options) ? (value, options["a"]) : default);
        Assert.Empty(HeaderOptions.Parse($"text/html;{blank}charset=utf-8").Options);
        Assert.Equal($"text/html{blank}", new Response(contentType: $"TEXT/html{blank} ; a=1").MimeType);
        Assert.Equal(($"{blank}W/\"x\"", false), ETagList.Parse($"{blank}W/\"x\"").First);
        Assert.False(ETagList.Parse($"\"a\",{blank}*").IsAny);
        Assert.Null(HttpDate.Parse($"Sun, {blank}06 Nov 1994 08:49:37 GMT"));
        Assert.Equal($"{blank}basic", AuthorizationHeader.Parse($"{blank}Basic QTpC")?.Scheme);
        Assert.Equal($"{blank}t{blank}", AuthorizationHeader.Parse($"Bearer  {blank}t{blank}\t")?.Parameter);
        Assert.Null(AcceptHeader.Parse($"{blank}text/html", AcceptKind.MediaType).Best("text/html"));
    }
}
