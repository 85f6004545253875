namespace Modular.Login;

/// <summary>The view answers only to logged-in users. As Flask-Login's <c>@login_required</c>.</summary>
/// <remarks>
/// The check runs before the hooks of the application, and before the body is read. Without <c>app.UseLogin(…)</c> the application
/// doesn't start. <c>AllowAnonymous()</c> on a rule makes an exception from the <c>LoginRequired()</c> of its blueprint.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public class LoginRequiredAttribute : Attribute, IPluginMetadata
{
    /// <summary>Requires a login.</summary>
    public LoginRequiredAttribute() { }

    internal LoginRequiredAttribute(bool isFresh) => IsFresh = isFresh;

    internal bool IsFresh { get; }

    /// <summary>Modular.Login.</summary>
    public PluginDependency Plugin => new("Modular.Login", "app.UseLogin(…)");
}

/// <summary>
/// The view answers only to users who have entered their password in this session, and not to remembered ones. As Flask-Login's
/// <c>@fresh_login_required</c>.
/// </summary>
public sealed class FreshLoginRequiredAttribute : LoginRequiredAttribute
{
    /// <summary>Requires a fresh login.</summary>
    public FreshLoginRequiredAttribute() : base(isFresh: true) { }
}
