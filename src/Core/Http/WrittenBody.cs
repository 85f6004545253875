namespace Modular;

/// <summary>A body that was sent already.</summary>
sealed class WrittenBody : StreamedBody
{
    internal override Task SendAsync(HttpResponse target, CancellationToken cancellation) => Task.CompletedTask;
}
