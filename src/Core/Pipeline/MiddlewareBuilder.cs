namespace Modular;

/// <summary>
/// ASP.NET's builder for the middleware of <c>app.Use</c>. Before each middleware the pipeline looks whether the one before changed the path or the method, and matches again.
/// So <c>UseRewriter</c>, <c>UsePathBase</c> and <c>UseExceptionHandler("/error")</c> work, and authorization after them sees the endpoint that will run.
/// </summary>
sealed class MiddlewareBuilder(IApplicationBuilder inner, RequestPipeline pipeline, MiddlewareOrder order) : IApplicationBuilder
{
    public IServiceProvider ApplicationServices { get => inner.ApplicationServices; set => inner.ApplicationServices = value; }

    public IFeatureCollection ServerFeatures => inner.ServerFeatures;

    public IDictionary<string, object?> Properties => inner.Properties;

    public IApplicationBuilder Use(Func<RequestDelegate, RequestDelegate> middleware)
    {
        order.Add(middleware);
        inner.Use(next => pipeline.Enter(middleware(next), next));
        return this;
    }

    public IApplicationBuilder New() => new MiddlewareBuilder(inner.New(), pipeline, order.Branch());

    public RequestDelegate Build() => inner.Build();
}
