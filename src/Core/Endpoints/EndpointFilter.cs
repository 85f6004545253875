namespace Modular;

/// <summary>A function around the view. The response that it replaces is closed together with the new one.</summary>
sealed class EndpointFilter(Func<RequestContext, Func<ValueTask<Response>>, ValueTask<Response>> run)
{
    internal View Around(View view) => async context =>
    {
        Response? inner = null;
        try
        {
            var response = await run(context, Next);
            return HookChain.Replaced(context, inner, response, "An endpoint filter");
        }
        catch when (inner is not null)
        {
            await inner.CloseAsync();
            throw;
        }

        async ValueTask<Response> Next() => inner = HookChain.Replaced(context, inner, await view(context), "The view");
    };

    /// <summary>ASP.NET's filters of one rule, as of <c>AddEndpointFilter</c>. They may return all that a view may return.</summary>
    internal static View Around(View view, EndpointBuilder endpoint, MethodInfo method, ResponseConverter converter)
    {
        if (endpoint.FilterFactories.Count == 0) return view;
        var made = new EndpointFilterFactoryContext { MethodInfo = method, ApplicationServices = endpoint.ApplicationServices };
        EndpointFilterDelegate filters = async invocation => await ((Invocation)invocation).Next();
        foreach (var factory in endpoint.FilterFactories.Reverse()) filters = factory(made, filters);
        var answer = ViewAnswer.Of<object?>(ViewKind.View, "an endpoint filter");
        return new EndpointFilter(async (context, next) =>
            await answer(converter, context, await filters(new Invocation(context, next)), null)).Around(view);
    }

    sealed class Invocation(RequestContext context, Func<ValueTask<Response>> next) : EndpointFilterInvocationContext
    {
        internal Func<ValueTask<Response>> Next => next;

        public override HttpContext HttpContext => context.Http;

        public override IList<object?> Arguments => throw NoArguments();

        public override T GetArgument<T>(int index) => throw NoArguments();

        static ModularException NoArguments() => new("An endpoint filter read the arguments of its view, which are bound later. "
            + "Read the values of the rule in Current.Request.ViewArgs, or check them in the view.");
    }
}
