using System.Diagnostics.CodeAnalysis;

namespace Modular.Sessions;

/// <summary>The result of verifying a signed text.</summary>
/// <param name="Problem">Why the text is invalid. None when it is valid.</param>
/// <param name="Value">The signed value. The default when the text is invalid.</param>
/// <param name="SignedAt">The time of signing, if the text contains one.</param>
public readonly record struct Unsigned<T>(SignatureProblem Problem, T? Value, DateTimeOffset? SignedAt = null)
{
    /// <summary>True when the value can be trusted.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsGood => Problem == SignatureProblem.None;
}

/// <summary>Why a signed text is invalid.</summary>
public enum SignatureProblem
{
    /// <summary>The text is valid.</summary>
    None,

    /// <summary>The text has no separator, so it wasn't signed.</summary>
    Unsigned,

    /// <summary>The signature belongs to another text, another key or another salt.</summary>
    Mismatch,

    /// <summary>The signature is valid, but the text has no time.</summary>
    NoTime,

    /// <summary>The signature is valid, but the time is malformed.</summary>
    MalformedTime,

    /// <summary>The text is older than the maximum age.</summary>
    Expired,

    /// <summary>The time of signing is in the future.</summary>
    Future,

    /// <summary>The signature is valid, but the signed value can't be read.</summary>
    Payload,
}
