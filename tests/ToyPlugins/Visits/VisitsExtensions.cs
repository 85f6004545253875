namespace Toy.Visits;

/// <summary>The methods that this package adds to an application.</summary>
public static class VisitsExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Counts each visitor's visits in a cookie.</summary>
        public ModularApp UseVisits(VisitsOptions? options = null) => app.Use(new VisitsPlugin(options ?? new()));

        /// <summary>The visits of all visitors.</summary>
        /// <exception cref="ModularException">Visits aren't installed.</exception>
        public VisitTotals VisitTotals => app.Get(VisitsPlugin.Totals);
    }
}

/// <summary>The properties that this package adds to a request.</summary>
public static class VisitsLocals
{
    extension(Current)
    {
        /// <summary>This visitor's visits.</summary>
        /// <exception cref="ModularException">Visits aren't installed, or there is no current request.</exception>
        public static Visits Visits => Current.Context.Get(VisitsPlugin.Visits);

        /// <summary>This visitor.</summary>
        /// <exception cref="ModularException">Visits aren't installed, or there is no current request.</exception>
        public static Visitor Visitor => Current.Context.Get(VisitsPlugin.Visitor);
    }
}
