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

    [Theory]
    [InlineData("0.2.0", "## 0.2.0|- New.|## 0.1.0|- First.", null)]
    [InlineData("0.2.0-rc.1", "## 0.2.0|- New.", null)]
    [InlineData("0.1.0", "## 0.2.0|- New.|## 0.1.0|- First.", "CHANGELOG.md has the version 0.1.0 below \"## 0.2.0\", so it isn't its newest one. Choose a version above that, or correct the change log.")]
    [InlineData("0.3.0", "## 0.2.0|- New.", "CHANGELOG.md has no heading for version 0.3.0. Write \"## 0.3.0\" above the other versions, and the changes below it.")]
    [InlineData("0.3.0", "## 0.3.0||## 0.2.0|- New.", "CHANGELOG.md has no text under \"## 0.3.0\". Write what has changed for users.")]
    public void The_version_is_the_first_one_of_the_change_log_and_has_text(string version, string log, string? mistake)
    {
        var error = Record.Exception(() => Checks.ChangeLog(log.Split('|'), "CHANGELOG.md", SemVersion.TryParse(version)!));

        Assert.Equal(mistake, error?.Message);
    }

    [Fact]
    public void A_feed_or_a_core_that_is_not_a_folder_is_refused_with_its_value()
    {
        var file = Path.GetTempFileName();
        try
        {
            Assert.StartsWith("--feed has an empty value. ", Assert.Throws<ReleaseException>(() => Checks.FeedOf("")).Message, StringComparison.Ordinal);
            Assert.StartsWith($"--feed has the value \"{file}\", which can't be used as a folder: ", Assert.Throws<ReleaseException>(() => Checks.FeedOf(file)).Message, StringComparison.Ordinal);
            Assert.StartsWith($"--core has the value \"{file}\", which isn't a folder with src/Core. ", Assert.Throws<ReleaseException>(() => Checks.RepositoryOf(file)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
