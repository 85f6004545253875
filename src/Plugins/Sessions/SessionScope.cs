using System.Text.Json;

namespace Modular.Sessions;

/// <summary>What a session knows of its request: whether it can still be written, and how objects become JSON.</summary>
sealed class SessionScope(RequestContext context, SessionHandler handler)
{
    /// <summary>The id on the server, when the visitor has one there.</summary>
    internal string? Id { get; set; }

    /// <summary>Why its changes cannot be kept; null when they can.</summary>
    internal string? Loss { get; init; }

    /// <summary>True when the visitor's values could not be read, so that nothing may be written over them.</summary>
    internal bool IsUnavailable { get; init; }

    /// <summary>True when the store holds it as permanent.</summary>
    internal bool WasPermanent { get; set; }

    internal JsonSerializerOptions Json => handler.Json;

    internal SessionTags Tags => handler.Tags;

    internal void CheckWritable(string what)
    {
        if (Loss is not null) throw new ModularException(Loss);
        if (context.HasEnded || context.IsSaved || (context.HasRequest && context.Http.Response.HasStarted)) throw new ModularException(
            $"The session's \"{what}\" was changed after the response's headers were sent, so the browser would not get it. Change it before the view returns, or before the first piece of a stream.");
    }
}
