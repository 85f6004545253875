namespace AcmePluginNamespace1;

/// <summary>The properties that this package adds to <see cref="Current"/>.</summary>
public static class VisitsLocals
{
    extension(Current)
    {
        /// <summary>The visits of this visitor. The first read in a request counts it.</summary>
        /// <exception cref="ModularException">The plugin isn't installed, or there is no current request.</exception>
        public static Visits Visits => Current.Context.Get(VisitsPlugin.Slot);
    }
}
