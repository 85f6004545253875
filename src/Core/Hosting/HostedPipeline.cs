namespace Modular;

/// <summary>The application as a host that was built for it runs it; a service of that host, and disposed of with it.</summary>
sealed class HostedPipeline(ModularApp app) : IDisposable
{
    internal ModularApp App => app;

    internal RequestPipeline? Pipeline { get; set; }

    public void Dispose()
    {
        if (Pipeline is not null) app.Forget(Pipeline);
    }
}
