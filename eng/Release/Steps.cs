using System.Globalization;

namespace Modular.Eng;

/// <summary>A line for each step, with its time.</summary>
sealed class Steps(int count)
{
    readonly long _start = TimeProvider.System.GetTimestamp();
    int _done;

    internal Task RunAsync(string what, Func<Task> step) => RunAsync(what, async () =>
    {
        await step();
        return "";
    });

    /// <param name="step">Returns the text about its result.</param>
    internal async Task RunAsync(string what, Func<Task<string>> step)
    {
        var start = TimeProvider.System.GetTimestamp();
        Console.Write($"[{++_done}/{count}] {what} … ");
        try
        {
            var result = await step();
            Console.WriteLine($"{(result.Length == 0 ? "done" : result)} ({Seconds(TimeProvider.System.GetElapsedTime(start))})");
        }
        catch (Exception)
        {
            Console.WriteLine("failed");
            throw;
        }
    }

    internal string Time => Seconds(TimeProvider.System.GetElapsedTime(_start));

    static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture);
}
