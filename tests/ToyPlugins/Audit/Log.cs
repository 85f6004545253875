namespace Toy.Audit;

static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Text}")]
    internal static partial void Line(ILogger logger, string text);
}
