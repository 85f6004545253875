namespace Modular.Sessions;

/// <summary>What a signed text turned out to be.</summary>
/// <param name="Problem">None when it is good.</param>
/// <param name="Value">What was signed; the default when it is not good.</param>
/// <param name="SignedAt">When it was signed, for those that say so.</param>
public readonly record struct Unsigned<T>(SignatureProblem Problem, T? Value, DateTimeOffset? SignedAt = null)
{
    /// <summary>True when the value can be trusted.</summary>
    public bool IsGood => Problem == SignatureProblem.None;
}

/// <summary>Why a signed text is not to be trusted.</summary>
public enum SignatureProblem
{
    /// <summary>It is.</summary>
    None,

    /// <summary>There is no separator, so nothing was signed.</summary>
    Unsigned,

    /// <summary>The signature is of another text, another key or another salt.</summary>
    Mismatch,

    /// <summary>The signature is good, but there is no time.</summary>
    NoTime,

    /// <summary>The signature is good, but the time is none.</summary>
    MalformedTime,

    /// <summary>It is older than asked for.</summary>
    Expired,

    /// <summary>It was signed by a clock that is ahead of this one.</summary>
    Future,

    /// <summary>The signature is good, but what was signed cannot be read.</summary>
    Payload,
}
