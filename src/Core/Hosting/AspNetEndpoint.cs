using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Modular;

/// <summary>A rule as ASP.NET's middleware and diagnostics see it: an endpoint with a route pattern and metadata.</summary>
static class AspNetEndpoint
{
    // Its type is internal to ASP.NET.
    const string ShortCircuit = "Microsoft.AspNetCore.Routing.ShortCircuit.ShortCircuitMetadata";

    /// <param name="describe">Adds what is known of the view.</param>
    internal static Endpoint Of(Rule rule, RouteConventions conventions, Action<EndpointBuilder> describe)
    {
        var route = Template(rule);
        var builder = new RouteEndpointBuilder(GoOn, Pattern(rule, route), order: 0) { DisplayName = rule.Endpoint };
        builder.Metadata.Add(rule);
        builder.Metadata.Add(new EndpointNameMetadata(rule.Endpoint));
        builder.Metadata.Add(new RouteName(route));
        if (rule.Methods is { } methods) builder.Metadata.Add(new HttpMethodMetadata(methods.Where(method => !IsAutomatic(rule, method))));
        describe(builder);
        conventions.Apply(builder);
        CheckHeeded(rule, builder);
        // Without it ASP.NET describes the type that the method returns, and a Response is no JSON.
        if (builder.Metadata.OfType<MethodInfo>().Any() && !builder.Metadata.OfType<IProducesResponseTypeMetadata>().Any())
            builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(void)));
        return builder.Build();
    }

    // What only ASP.NET's own routing does would be passed over in silence.
    static void CheckHeeded(Rule rule, RouteEndpointBuilder builder)
    {
        if (builder.RequestDelegate != GoOn) throw new ModularException(
            $"Rule \"{rule}\" has another RequestDelegate by Add, which isn't run. Write what it does as the rule's view: (HttpContext http) => ….");
        if (builder.FilterFactories.Count > 0) throw new ModularException(
            $"Rule \"{rule}\" has an endpoint filter, which isn't run. Write a hook instead: BeforeRequest or AfterRequest of the application or of a blueprint.");
        if (builder.Metadata.OfType<IHostMetadata>().FirstOrDefault(host => host.Hosts.Count > 0) is { } only) throw new ModularException(
            $"Rule \"{rule}\" requires the host \"{only.Hosts[0]}\" by RequireHost, which isn't checked. Write options: new() {{ Host = \"{only.Hosts[0]}\" }}, and set RoutingOptions.HostMatching.");
        if (builder.Order != 0) throw new ModularException(
            $"Rule \"{rule}\" has the order {builder.Order.ToString(CultureInfo.InvariantCulture)} by WithOrder, which isn't used. Leave it out, because the more specific rule is matched first.");
        CheckName(rule, builder.Metadata);
        if (builder.Metadata.OfType<ConsumesAttribute>().FirstOrDefault() is { } consumes && !IsChecked(consumes, builder.Metadata)) throw new ModularException(
            $"Rule \"{rule}\" has [Consumes], but its view takes no body of the type \"{consumes.ContentTypes.FirstOrDefault()}\", so the type isn't checked. Take the body as a parameter of the view, or compare Current.Request.MimeType in the view.");
        foreach (var metadata in builder.Metadata)
            if (Unheeded(metadata) is { } problem) throw new ModularException($"Rule \"{rule}\" {problem}");
        if (builder.Metadata.OfType<IHttpMethodMetadata>().Skip(rule.Methods is null ? 0 : 1).FirstOrDefault() is { } methods) throw new ModularException(
            $"Rule \"{rule}\" has the methods {string.Join(", ", methods.HttpMethods)} as metadata, which aren't used. Write methods: [{string.Join(", ", methods.HttpMethods.Select(method => $"\"{method}\""))}].");
    }

    // UrlFor knows a rule by one name alone.
    static void CheckName(Rule rule, IEnumerable<object> metadata)
    {
        foreach (var item in metadata)
        {
            var (name, word) = item switch
            {
                EndpointNameAttribute named => (named.EndpointName, "[EndpointName]"),
                IEndpointNameMetadata named => (named.EndpointName, "WithName"),
                IRouteNameMetadata named => (named.RouteName, "WithName"),
                _ => (null, ""),
            };
            if (name is not null && name != rule.Endpoint) throw new ModularException(
                $"Rule \"{rule}\" has the name \"{name}\" by {word}, which UrlFor doesn't find. Write endpoint: \"{name}\" instead.");
        }
    }

    // A view that binds its body answers 415 to other types by itself.
    static bool IsChecked(ConsumesAttribute consumes, IEnumerable<object> metadata) => metadata.OfType<ViewParameter>().Any(input =>
        consumes.ContentTypes.All(type => input.TakesForm ? type is "multipart/form-data" or "application/x-www-form-urlencoded"
            : input.MayBeJson && (type == "application/json" || (type.StartsWith("application/", StringComparison.Ordinal) && type.EndsWith("+json", StringComparison.Ordinal)))));

    // What only ASP.NET's own routing and MVC carry out.
    static string? Unheeded(object metadata) => metadata switch
    {
        IRequestSizeLimitMetadata { MaxRequestBodySize: var size } =>
            $"limits its requests' bodies by [{ViewAttributes.Name(metadata)}], which isn't used. Write .WithMetadata(new BodyLimits {{ MaxContentLength = {size?.ToString(CultureInfo.InvariantCulture) ?? "long.MaxValue"} }}).",
        IFormOptionsMetadata => "has form options by WithFormOptions, which aren't used. Write .WithMetadata(new BodyLimits { … }).",
        ISuppressMatchingMetadata { SuppressMatching: true } => "suppresses its matching, which isn't done. Leave the rule out.",
        IFilterMetadata and not (IApiResponseMetadataProvider or IApiRequestMetadataProvider) =>
            $"has [{ViewAttributes.Name(metadata)}], a filter of MVC, which isn't run. Write a hook instead, or use the middleware of app.Use.",
        IRouteTemplateProvider or IActionHttpMethodProvider =>
            $"has [{ViewAttributes.Name(metadata)}], by which MVC finds actions. Leave it out, because the rule says the path and the methods.",
        _ when metadata.GetType().FullName == ShortCircuit =>
            "has ShortCircuit, which isn't done: the middleware of app.Use runs for it too. Leave it out, and put what it shall miss into a branch: app.Use(asp => asp.UseWhen(http => …, branch => …)).",
        _ => null,
    };

    // What the framework answers by itself would only be noise in a description of the API.
    static bool IsAutomatic(Rule rule, string method) =>
        method == "OPTIONS" ? rule.ProvidesAutomaticOptions : method == "HEAD" && rule.Methods!.Contains("GET");

    // ASP.NET's words for a rule: /user/{name}. What stands between variables is kept.
    static string Template(Rule rule)
    {
        var text = rule.Text;
        var result = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '<')
            {
                result.Append(text[i]);
                continue;
            }
            var end = text.IndexOf('>', i);
            var inner = text.AsSpan(i + 1, end - i - 1);
            result.Append('{').Append(inner[(inner.LastIndexOf(':') + 1)..]).Append('}');
            i = end;
        }
        return result.ToString();
    }

    static RoutePattern Pattern(Rule rule, string route) => RoutePatternFactory.Pattern(route,
        rule.Variables.Select(variable => RoutePatternFactory.Segment(RoutePatternFactory.ParameterPart(variable))));

    // UseEndpoints executes every endpoint that it sees, also ours. Then the application's own pipeline goes on behind it.
    static Task GoOn(HttpContext http) => Locals.Context is { HasEnded: false, Middleware: { } middleware } ? middleware.Next(http) : throw new ModularException(
        $"Endpoint \"{http.GetEndpoint()}\" was executed by ASP.NET's routing, which cannot run it. Mount the application: host.Run(app.AppDelegate).");

    /// <summary>What traces and metrics call <c>http.route</c>.</summary>
    sealed record RouteName(string Route) : IRouteDiagnosticsMetadata;
}
