namespace AcmePluginNamespace1;

/// <summary>The methods that this package adds to an application.</summary>
public static class VisitsExtensions
{
    extension(ModularApp app)
    {
        /// <summary>
        /// Counts the visits of each visitor: <c>Current.Visits</c>, and <c>visits</c> in templates. Requires <c>UseSessions</c>, called
        /// before or after it.
        /// </summary>
        /// <param name="options">
        /// Null: the section <c>Visits</c> of the configuration, such as the environment variable <c>MODULAR_Visits__Pause=01:00:00</c>.
        /// </param>
        public ModularApp UseVisits(VisitsOptions? options = null) => app.Use(new VisitsPlugin(options));
    }
}
