namespace Modular.Logging.Tests;

/// <summary>Tests that look at what a whole process has one of, the console and ASP.NET's meters, run while no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
