namespace AcmePluginNamespace1;

/// <summary>The functions that this package adds. A global <c>using static</c> makes them available by name.</summary>
public static class VisitsFunctions
{
    /// <summary>Forgets the visits of this visitor. The next visit is the first one.</summary>
    /// <exception cref="ModularException">The plugin isn't installed, or there is no current request.</exception>
    public static void ForgetVisits() => Current.Context.Get(VisitsPlugin.Slot).Forget();
}
