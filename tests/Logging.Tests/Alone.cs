namespace Modular.Logging.Tests;

/// <summary>Tests of process-wide state, such as the console and ASP.NET's meters, don't run in parallel.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
