namespace Modular.Flashing;

/// <summary>The listeners for one application's messages.</summary>
sealed class FlashEvent
{
    internal event Action<RequestContext, FlashedMessage>? Listeners;

    internal void Raise(RequestContext context, FlashedMessage message) => Listeners?.Invoke(context, message);
}
