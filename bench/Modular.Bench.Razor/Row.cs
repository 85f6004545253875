namespace Modular.Bench.Razor;

/// <summary>A row of the fortunes page.</summary>
public sealed record Row(int Id, string Message);
