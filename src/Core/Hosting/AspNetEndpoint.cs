using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Modular;

/// <summary>All endpoints of an application in one host, for ASP.NET services that need them: authorization, links.</summary>
sealed class AppEndpoints : EndpointDataSource
{
    IReadOnlyList<Endpoint> _endpoints = [];

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints;

    internal void Fill(IEnumerable<ViewEndpoint> endpoints) => _endpoints = [.. endpoints.Select(endpoint => endpoint.AspNet)];

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;
}

/// <summary>A rule as ASP.NET's middleware and diagnostics see it: an endpoint with a route pattern and metadata.</summary>
static partial class AspNetEndpoint
{
    // Its type is internal to ASP.NET.
    const string ShortCircuit = "Microsoft.AspNetCore.Routing.ShortCircuit.ShortCircuitMetadata";

    /// <param name="isNamed">For one of the rules of an endpoint: names of ASP.NET's endpoints and operations are unique.</param>
    internal static EndpointBuilder Of(
        Rule rule, RouteConventions conventions, bool isNamed, IServiceProvider services, Action<EndpointBuilder> describe)
    {
        var route = Variable.Replace(rule.Text, variable => $"{{{variable.Groups["name"]}}}");
        var pattern = RoutePatternFactory.Pattern(route,
            rule.Variables.Select(variable => RoutePatternFactory.Segment(RoutePatternFactory.ParameterPart(variable))));
        var builder = new RouteEndpointBuilder(GoOn, pattern, order: 0) { DisplayName = rule.Endpoint, ApplicationServices = services };
        builder.Metadata.Add(rule);
        if (isNamed) builder.Metadata.Add(new EndpointNameMetadata(rule.Endpoint));
        builder.Metadata.Add(new RouteName(route));
        if (rule.Methods is { } methods) builder.Metadata.Add(new HttpMethodMetadata(methods.Where(method => !IsAutomatic(rule, method))));
        describe(builder);
        conventions.Apply(builder);
        if (Unused(rule, builder) is { } problem) throw new ModularException($"Rule \"{rule}\" {problem}");
        // Without it ASP.NET describes the type that the method returns, and a Response isn't JSON.
        if (builder.Metadata.OfType<MethodInfo>().Any() && !builder.Metadata.OfType<IProducesResponseTypeMetadata>().Any())
            builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(void)));
        return builder;
    }

    // What only ASP.NET's own routing does would be ignored silently.
    static string? Unused(Rule rule, RouteEndpointBuilder builder)
    {
        if (builder.RequestDelegate != GoOn)
            return "has another RequestDelegate by Add, which isn't run. Write what it does as the rule's view: (HttpContext http) => ….";
        if (builder.Order != 0)
            return $"has the order {builder.Order.ToString(CultureInfo.InvariantCulture)} by WithOrder, which isn't used. "
                + "Leave it out, because the more specific rule is matched first.";
        if (builder.Metadata.OfType<IHttpMethodMetadata>().ElementAtOrDefault(rule.Methods is null ? 0 : 1) is { HttpMethods: var methods })
            return $"has the methods {string.Join(", ", methods)} as metadata, which aren't used. "
                + $"Write methods: [{string.Join(", ", methods.Select(method => $"\"{method}\""))}].";
        return builder.Metadata.Select(metadata => Unused(rule, metadata, builder.Metadata)).FirstOrDefault(problem => problem is not null);
    }

    static string? Unused(Rule rule, object metadata, IEnumerable<object> all) => metadata switch
    {
        // UrlFor knows a rule by one name alone.
        EndpointNameAttribute { EndpointName: var name } => OtherName(rule, name, "[EndpointName]"),
        IEndpointNameMetadata { EndpointName: var name } => OtherName(rule, name, "WithName"),
        IRouteNameMetadata { RouteName: var name } => OtherName(rule, name, "WithName"),
        IHostMetadata { Hosts: [var host, ..] } => $"requires the host \"{host}\" by RequireHost, which isn't checked. "
            + $"Write options: new() {{ Host = \"{host}\" }}, and set RoutingOptions.HostMatching.",
        ConsumesAttribute consumes when !IsChecked(consumes, all) =>
            $"has [Consumes], but its view takes no body of the type \"{consumes.ContentTypes.FirstOrDefault()}\", so the type "
            + "isn't checked. Take the body as a parameter of the view, or compare Current.Request.MimeType in the view.",
        IRequestSizeLimitMetadata { MaxRequestBodySize: var size } =>
            $"limits its requests' bodies by [{ViewAttributes.Name(metadata)}], which isn't used. Write .WithMetadata(new BodyLimits "
            + $"{{ MaxContentLength = {size?.ToString(CultureInfo.InvariantCulture) ?? "long.MaxValue"} }}).",
        IFormOptionsMetadata => "has form options by WithFormOptions, which aren't used. Write .WithMetadata(new BodyLimits { … }).",
        ISuppressMatchingMetadata { SuppressMatching: true } => "suppresses its matching, which isn't done. Leave the rule out.",
        IFilterMetadata and not (IApiResponseMetadataProvider or IApiRequestMetadataProvider) =>
            $"has [{ViewAttributes.Name(metadata)}], a filter of MVC, which isn't run. Write a hook instead, or use ASP.NET middleware.",
        IRouteTemplateProvider or IActionHttpMethodProvider => $"has [{ViewAttributes.Name(metadata)}], by which MVC finds actions. "
            + "Leave it out, because the rule gives the path and the methods.",
        _ when metadata.GetType().FullName == ShortCircuit =>
            "has ShortCircuit, which isn't done: middleware inside the application runs for it too. "
            + "Leave it out, and put the middleware that must not run for it into a branch: asp.UseWhen(http => …, branch => …).",
        _ => null,
    };

    static string? OtherName(Rule rule, string? name, string word) => name is null || name == rule.Endpoint ? null
        : $"has the name \"{name}\" by {word}, which UrlFor doesn't find. Write endpoint: \"{name}\" instead.";

    // A view that binds its body responds to other types with 415.
    static bool IsChecked(ConsumesAttribute consumes, IEnumerable<object> metadata) => metadata.OfType<ViewParameter>().Any(input =>
        consumes.ContentTypes.All(type => input.TakesForm ? type is "multipart/form-data" or "application/x-www-form-urlencoded"
            : input.MayBeJson && MediaType.IsJson(type)));

    // The framework's own responses would be noise in a description of the API.
    static bool IsAutomatic(Rule rule, string method) =>
        method == "OPTIONS" ? rule.ProvidesAutomaticOptions : method == "HEAD" && rule.Methods!.Contains("GET");

    // ASP.NET's words for a rule: /user/{name} of /user/<string(length=2):name>.
    [GeneratedRegex("<([^>]*:)?(?<name>[^>]*)>", RegexOptions.ExplicitCapture)]
    static partial Regex Variable { get; }

    // UseEndpoints executes every endpoint that it sees, also ours. The application's own pipeline then continues after it.
    static Task GoOn(HttpContext http) => Locals.Context is { HasEnded: false, Middleware: { } middleware } ? middleware.Next(http)
        : throw new ModularException($"Endpoint \"{http.GetEndpoint()}\" was executed by ASP.NET's routing, which cannot run it. "
            + "Mount the application: host.Run(app.AppDelegate).");

    sealed record RouteName(string Route) : IRouteDiagnosticsMetadata;
}
