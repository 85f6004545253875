namespace Modular.Tests;

public class VersionRangeTests
{
    [Theory]
    [InlineData("[1.0,2.0)", "1.0.0", true)]
    [InlineData("[1.0,2.0)", "1.99.5", true)]
    [InlineData("[1.0,2.0)", "2.0.0", false)]
    [InlineData("[1.0,2.0)", "0.9.9", false)]
    [InlineData("(1.0,2.0]", "1.0.0", false)]
    [InlineData("(1.0,2.0]", "1.0.1", true)]
    [InlineData("(1.0,2.0]", "2.0.0", true)]
    [InlineData("(1.0,2.0]", "2.0.1", false)]
    [InlineData("[1.0,)", "7.0.0", true)]
    [InlineData("(,2.0)", "0.0.1", true)]
    [InlineData("(,2.0)", "2.0.0", false)]
    [InlineData("(,)", "3.0.0", true)]
    [InlineData("[1.2.3]", "1.2.3", true)]
    [InlineData("[1.2.3]", "1.2.4", false)]
    [InlineData("1.0", "1.0.0", true)]
    [InlineData("1.0", "5.0.0", true)]
    [InlineData("1.0", "0.9.0", false)]
    [InlineData("2", "2.0.0", true)]
    [InlineData(" [ 1.0 , 2.0 ) ", "1.5.0", true)]
    [InlineData("[1.0.0-beta.2,2.0.0-0)", "1.0.0", true)]
    [InlineData("[1.0.0-beta.2,2.0.0-0)", "2.0.0", false)]
    [InlineData("[1.0.0+abc,2.0)", "1.0.0", true)]
    [InlineData("[0.2.0-alpha.0.5,1.0)", "0.2.0", true)]
    [InlineData("[0.2.1-alpha.0.5,1.0)", "0.2.0", false)]
    [InlineData("[1.0.0.7,2.0)", "1.0.0", true)]
    public void A_range_accepts_the_same_versions_as_NuGet(string text, string version, bool isTaken)
    {
        Assert.True(VersionRange.TryParse(text, out var range));

        Assert.Equal(isTaken, range.Contains(Version.Parse(version)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("soon")]
    [InlineData("1.")]
    [InlineData("-1")]
    [InlineData("1.x")]
    [InlineData("0.1 - 1")]
    [InlineData("1.0-")]
    [InlineData("[2.0,1.0]")]
    [InlineData("[1.0,0.1)")]
    [InlineData("[1.0,1.0)")]
    [InlineData("[1.0,2.0")]
    [InlineData("1.0,2.0")]
    [InlineData("(1.0)")]
    [InlineData("[1.0)")]
    [InlineData("[]")]
    [InlineData("[1.0,2.0,3.0]")]
    [InlineData("[a,b]")]
    [InlineData(">=1.0")]
    [InlineData("^1.0")]
    [InlineData("1.*")]
    public void An_invalid_range_is_not_parsed(string text)
    {
        Assert.False(VersionRange.TryParse(text, out _));
    }
}
