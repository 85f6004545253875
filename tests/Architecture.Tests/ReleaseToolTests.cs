using Modular.Eng;

namespace Modular.Architecture.Tests;

// The decisions of eng/release: the order of versions, and the files of the public API after a release.
public sealed class ReleaseToolTests
{
    // The order of semver.org, and some more.
    [Fact]
    public void Versions_have_the_order_of_Semantic_Versioning()
    {
        string[] ordered =
        [
            "0.1.0", "0.2.0-alpha.0.5", "0.2.0-alpha.0.12", "0.2.0", "0.10.0",
            "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
        ];

        Assert.Equal(ordered, ordered.Reverse().Select(text => SemVersion.TryParse(text)!).Order().Select(version => version.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0.2")]
    [InlineData("0.2.0.0")]
    [InlineData("v0.2.0")]
    [InlineData("0.02.0")]
    [InlineData("0.2.-1")]
    [InlineData("0.2.0-")]
    [InlineData("0.2.0-rc..1")]
    [InlineData("0.2.0-rc.01")]
    [InlineData("0.2.0-rc_1")]
    [InlineData("0.2.0+build")]
    public void An_invalid_version_is_not_released(string text)
    {
        Assert.Null(SemVersion.TryParse(text));
    }

    [Theory]
    [InlineData("0.2.1", "0.2.0", false)]
    [InlineData("0.3.0", "0.2.9", true)]
    [InlineData("1.3.0", "1.2.0", false)]
    [InlineData("2.0.0", "1.2.0", true)]
    public void A_new_major_version_may_break_and_before_1_a_minor_one(string version, string last, bool mayBreak)
    {
        Assert.Equal(mayBreak, SemVersion.TryParse(version)!.MayBreak(SemVersion.TryParse(last)!));
    }

    [Fact]
    public async Task A_release_moves_the_public_API_to_what_was_shipped()
    {
        var folder = Directory.CreateTempSubdirectory("modular-api-");
        try
        {
            var (shipped, unshipped) = (Path.Combine(folder.FullName, "PublicAPI.Shipped.txt"), Path.Combine(folder.FullName, "PublicAPI.Unshipped.txt"));
            await File.WriteAllTextAsync(shipped, "#nullable enable\nA.Old() -> void\nB\n", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(unshipped, "#nullable enable\n*REMOVED*A.Old() -> void\nA.New() -> void\n", TestContext.Current.CancellationToken);

            var first = await PublicApi.ShipAsync(folder.FullName, TestContext.Current.CancellationToken);
            var second = await PublicApi.ShipAsync(folder.FullName, TestContext.Current.CancellationToken);

            Assert.Equal((true, false), (first, second));
            Assert.Equal("#nullable enable\nA.New() -> void\nB\n", await File.ReadAllTextAsync(shipped, TestContext.Current.CancellationToken));
            Assert.Equal("#nullable enable\n", await File.ReadAllTextAsync(unshipped, TestContext.Current.CancellationToken));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
