using System.Text.Json;

namespace Modular.Sessions;

/// <summary>What a session needs from its request: whether it can still be written, and how objects are serialized.</summary>
sealed class SessionScope(RequestContext context, SessionHandler handler)
{
    /// <summary>The id in the store. Null when the visitor has no stored session.</summary>
    internal string? Id { get; set; }

    /// <summary>Why changes can't be saved. Null when they can.</summary>
    internal string? Loss { get; init; }

    /// <summary>True when the visitor's values couldn't be read. They must not be overwritten then.</summary>
    internal bool IsUnavailable { get; init; }

    /// <summary>True when the stored session is permanent.</summary>
    internal bool WasPermanent { get; set; }

    internal JsonSerializerOptions Json => handler.Json;

    internal SessionTags Tags => handler.Tags;

    internal void OnRegenerated(Session session) => handler.Regenerated?.Invoke(session);

    internal void CheckWritable(string what)
    {
        if (Loss is not null) throw new ModularException(Loss);
        if (context.HasEnded || context.IsSaved || (context.HasRequest && context.Http.Response.HasStarted)) throw new ModularException(
            $"The session's \"{what}\" was changed after the response's headers were sent, so the browser wouldn't get the change. " +
            "Change it before the view returns, or before the first chunk of a stream.");
    }
}
