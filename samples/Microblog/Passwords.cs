using Microsoft.AspNetCore.Identity;

namespace Microblog;

/// <summary>ASP.NET's password hasher. A hash is slow on purpose, so not all processors are hashing at once: pages go on while many log in.</summary>
sealed class Passwords : IDisposable
{
    readonly PasswordHasher<string> _hasher = new();
    readonly SemaphoreSlim _free = new(Math.Max(1, Environment.ProcessorCount - 1));
    readonly string _nobodys;

    public Passwords() => _nobodys = _hasher.HashPassword("", Guid.NewGuid().ToString());

    internal async Task<string> Hash(string password, CancellationToken gone)
    {
        await _free.WaitAsync(gone);
        try
        {
            return _hasher.HashPassword("", password);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <param name="hash">Null when there is no such user: that takes as long, so nobody learns from the clock who has an account.</param>
    internal async Task<bool> IsRight(string? hash, string password, CancellationToken gone)
    {
        await _free.WaitAsync(gone);
        try
        {
            return _hasher.VerifyHashedPassword("", hash ?? _nobodys, password) != PasswordVerificationResult.Failed && hash is not null;
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
