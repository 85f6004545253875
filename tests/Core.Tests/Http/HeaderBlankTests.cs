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
    public void Other_blanks_are_part_of_the_value(char blank)
    {
        Assert.Equal(($"{blank}text/html", 0), (MediaType.Bare($"\t{blank}text/html ;a=1"), MediaType.Parameters($"\t{blank}text/html ;a=1").Count));
        Assert.Empty(MediaType.Parameters($"text/html;{blank}charset=utf-8"));
        Assert.Equal($"text/html{blank}", new Response(contentType: $"TEXT/html{blank} ; a=1").MimeType);
        Assert.Equal($"{blank}basic", AuthorizationHeader.Parse($"{blank}Basic QTpC")?.Scheme);
        Assert.Equal($"{blank}t{blank}", AuthorizationHeader.Parse($"Bearer  {blank}t{blank}\t")?.Parameter);
    }
}
