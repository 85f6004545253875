using Microsoft.Extensions.Logging.Abstractions;

namespace Modular.Tests.Hosting;

public sealed class LateLoggerTests
{
    [Fact]
    public async Task Several_requests_may_be_the_first_to_log()
    {
        const int Rounds = 500;
        var source = new LoggerSource();
        source.Attach(NullLoggerFactory.Instance);
        var logger = new LateLogger(source, "Test");
        using var barrier = new Barrier(3, _ => logger = new(source, "Test"));

        await Task.WhenAll(Enumerable.Range(0, barrier.ParticipantCount).Select(_ => Task.Factory.StartNew(LogInRounds, TaskCreationOptions.LongRunning)));

        void LogInRounds()
        {
            for (var round = 0; round < Rounds; round++)
            {
                barrier.SignalAndWait();
                Assert.False(logger.IsEnabled(LogLevel.Error));
            }
        }
    }
}
