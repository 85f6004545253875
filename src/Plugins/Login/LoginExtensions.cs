using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;

namespace Modular.Login;

/// <summary>The methods that this package adds to an application.</summary>
public static class LoginExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Lets users log in. Requires <c>UseSessions</c>, called before or after it.</summary>
        /// <param name="loadUser">Returns the user of an id, or null.</param>
        /// <param name="options">Default: no log-in page, and Flask-Login's defaults.</param>
        [OverloadResolutionPriority(2)]        // id => null is a user, and not a task
        public ModularApp UseLogin<TUser>(Func<string, TUser?> loadUser, LoginOptions? options = null) where TUser : class, IUser =>
            Use(app, new((_, id, _) => new(loadUser(id)), IsSynchronous: true), options);

        /// <inheritdoc cref="UseLogin{TUser}(ModularApp, Func{string, TUser}, LoginOptions)"/>
        [OverloadResolutionPriority(1)]
        public ModularApp UseLogin<TUser>(Func<string, Task<TUser?>> loadUser, LoginOptions? options = null) where TUser : class, IUser =>
            Use(app, new(async (_, id, _) => await loadUser(id), IsSynchronous: false), options);

        /// <inheritdoc cref="UseLogin{TUser}(ModularApp, Func{string, TUser}, LoginOptions)"/>
        public ModularApp UseLogin<TUser>(Func<string, ValueTask<TUser?>> loadUser, LoginOptions? options = null)
            where TUser : class, IUser =>
            Use(app, new(async (_, id, _) => await loadUser(id), IsSynchronous: false), options);

        /// <summary>
        /// Lets users log in, with a function that needs services: <c>(context, id, cancellationToken) => context.Services…</c>. Requires
        /// <c>UseSessions</c>, called before or after it.
        /// </summary>
        /// <param name="loadUser">Returns the user of an id, or null.</param>
        /// <param name="options">Default: no log-in page, and Flask-Login's defaults.</param>
        [OverloadResolutionPriority(1)]
        public ModularApp UseLogin<TUser>(
            Func<RequestContext, string, CancellationToken, Task<TUser?>> loadUser, LoginOptions? options = null)
            where TUser : class, IUser =>
            Use(app, new(async (context, id, token) => await loadUser(context, id, token), IsSynchronous: false), options);

        /// <inheritdoc cref="UseLogin{TUser}(ModularApp, Func{RequestContext, string, CancellationToken, Task{TUser}}, LoginOptions)"/>
        public ModularApp UseLogin<TUser>(
            Func<RequestContext, string, CancellationToken, ValueTask<TUser?>> loadUser, LoginOptions? options = null)
            where TUser : class, IUser =>
            Use(app, new(async (context, id, token) => await loadUser(context, id, token), IsSynchronous: false), options);
    }

    static ModularApp Use(ModularApp app, UserLoader loader, LoginOptions? options) => app.Use(new LoginPlugin(loader, options ?? new()));
}

/// <summary>The methods that this package adds to a rule.</summary>
public static class LoginOfRules
{
    extension<TBuilder>(TBuilder rule) where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>The rule answers only to logged-in users: <c>app.Get("/me", …).LoginRequired()</c>.</summary>
        public TBuilder LoginRequired() => rule.WithMetadata(new LoginRequiredAttribute());

        /// <summary>The rule answers only to users who have entered their password in this session, and not to remembered ones.</summary>
        public TBuilder FreshLoginRequired() => rule.WithMetadata(new FreshLoginRequiredAttribute());
    }
}

/// <summary>The methods that this package adds to an application and to blueprints.</summary>
public static class LoginOfGroups
{
    extension<TGroup>(TGroup group) where TGroup : RouteGroup
    {
        /// <summary>All rules, also of nested blueprints, answer only to logged-in users. A rule's <c>AllowAnonymous()</c> wins.</summary>
        public TGroup LoginRequired() => Add(group, new LoginRequiredAttribute());

        /// <summary>All rules answer only to users with a fresh login, also those of nested blueprints.</summary>
        public TGroup FreshLoginRequired() => Add(group, new FreshLoginRequiredAttribute());

        /// <summary>All rules answer to every visitor, in a blueprint inside one that requires a login.</summary>
        public TGroup AllowAnonymous() => Add(group, new AllowAnonymousAttribute());
    }

    static TGroup Add<TGroup>(TGroup group, object metadata) where TGroup : RouteGroup
    {
        group.WithMetadata(metadata);
        return group;
    }
}
