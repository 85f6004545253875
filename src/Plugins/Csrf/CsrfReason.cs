namespace Modular.Csrf;

/// <summary>Why a request was refused.</summary>
public enum CsrfReason
{
    /// <summary>The request has no token.</summary>
    TokenMissing,

    /// <summary>The token is older than <see cref="CsrfOptions.Lifetime"/>.</summary>
    TokenExpired,

    /// <summary>The token isn't one of this visitor's session, or it was made before the last <c>RotateCsrfToken()</c>.</summary>
    TokenInvalid,

    /// <summary>The request has a token, but the visitor has no session, or one in which no token was made.</summary>
    SessionMissing,

    /// <summary>A page of another site sent the request.</summary>
    CrossSite,
}
