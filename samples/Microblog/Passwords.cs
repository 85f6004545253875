using Microsoft.AspNetCore.Identity;

namespace Microblog;

/// <summary>ASP.NET's password hasher. Hashing is slow by design, so only some processors hash at the same time, and pages stay fast during many logins.</summary>
sealed class Passwords : IDisposable
{
    readonly PasswordHasher<string> _hasher = new();
    readonly SemaphoreSlim _free = new(Math.Max(1, Environment.ProcessorCount - 1));
    readonly string _placeholder;

    public Passwords() => _placeholder = _hasher.HashPassword("", Guid.NewGuid().ToString());

    internal async Task<string> Hash(string password, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return _hasher.HashPassword("", password);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <param name="hash">Null for an unknown user. The check takes the same time then, so the time doesn't reveal which accounts exist.</param>
    internal async Task<bool> IsRight(string? hash, string password, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return _hasher.VerifyHashedPassword("", hash ?? _placeholder, password) != PasswordVerificationResult.Failed && hash is not null;
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
