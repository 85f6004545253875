namespace Toy.Audit;

/// <summary>The methods that this package adds to an application.</summary>
public static class AuditExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Records each visitor's requests. Needs <c>app.UseVisits()</c>.</summary>
        public ModularApp UseAudit(AuditOptions? options = null) => app.Use(new AuditPlugin(options ?? new()));
    }
}
