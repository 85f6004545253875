namespace Toy.Audit;

/// <summary>The words that this package adds to an application.</summary>
public static class AuditExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Writes down who asks for what. Needs <c>app.UseVisits()</c>.</summary>
        public ModularApp UseAudit(AuditOptions? options = null) => app.Use(new AuditPlugin(options ?? new()));
    }
}
