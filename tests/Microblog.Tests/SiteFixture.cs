namespace Microblog.Tests;

/// <summary>One site for the tests of a class, which use different names.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    internal Site Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Site = await Site.Start();

    public async ValueTask DisposeAsync() => await Site.DisposeAsync();
}
