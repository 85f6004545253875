using Microsoft.AspNetCore.Builder;

namespace Modular.Csrf;

/// <summary>The methods that this package adds to an application.</summary>
public static class CsrfExtensions
{
    extension(ModularApp app)
    {
        /// <summary>
        /// Checks every request with a method other than GET, HEAD, OPTIONS and TRACE: its origin, and then its token. Requires
        /// <c>UseSessions</c>, called before or after it.
        /// </summary>
        /// <remarks>
        /// Order: after the rule was matched, and before the hooks of the application. A refused request has no effect, and 404 and 405
        /// stay what they are.
        /// </remarks>
        public ModularApp UseCsrf(CsrfOptions? options = null) => app.Use(new CsrfPlugin(options ?? new()));
    }
}

/// <summary>The method that this package adds to a rule.</summary>
public static class CsrfRuleExtensions
{
    extension(RouteHandlerBuilder rule)
    {
        /// <summary>
        /// Doesn't check the requests of this rule, such as a webhook. Its view must not rely on the visitor's cookies, or call
        /// <c>await CheckCsrfAsync()</c> when it does.
        /// </summary>
        public RouteHandlerBuilder CsrfExempt() => rule.WithMetadata(new CsrfExemptAttribute());
    }
}

/// <summary>The method that this package adds to a blueprint.</summary>
public static class CsrfBlueprintExtensions
{
    extension(Blueprint blueprint)
    {
        /// <summary>Doesn't check the requests of this blueprint and of the blueprints inside it, such as an API with keys.</summary>
        public Blueprint CsrfExempt()
        {
            blueprint.WithMetadata(new CsrfExemptAttribute());
            return blueprint;
        }
    }
}
