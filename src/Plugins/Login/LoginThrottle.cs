using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Modular.Login;

/// <summary>The attempts of one request.</summary>
sealed class LoginAttempts
{
    internal List<string> Names { get; } = [];
    internal string? Address { get; set; }
}

/// <summary>Counts failed log-in attempts by user name and by address.</summary>
/// <remarks>An attempt counts as failed until <c>LoginUser</c> is called, so that attempts at the same time are limited too.</remarks>
sealed class LoginThrottle(ThrottleOptions options, TimeProvider clock, ILogger logger)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, Bucket> _buckets = [];

    internal int Count
    {
        get
        {
            lock (_gate) return _buckets.Count;
        }
    }

    internal void Begin(RequestContext context, string userName)
    {
        if (!TryBegin(context, userName, out var wait)) throw new HttpException(
            StatusCodes.Status429TooManyRequests, "Too many log-in attempts. Please wait.")
        {
            Headers = { RetryAfter = wait.TotalSeconds.ToString(CultureInfo.InvariantCulture) },
        };
    }

    /// <summary>Counts an attempt. False when it has to wait, for whole seconds, and wasn't counted.</summary>
    internal bool TryBegin(RequestContext context, string userName, out TimeSpan wait)
    {
        var address = AddressKey(context.Request.RemoteAddr);
        var name = NameKey(options.NamesByAddress ? $"{userName.Trim()}\n{address}" : userName.Trim());
        if (CountOrWait(name, address) is { } exact)
        {
            wait = TimeSpan.FromSeconds(Math.Ceiling(exact.TotalSeconds));
            LoginLog.Throttled(logger, context.Request.RemoteAddr, (long)wait.TotalSeconds);
            context.Notify(new LoginEvent(LoginEventKind.Throttled, null));
            return false;
        }
        wait = default;
        var attempts = context.Get(LoginPlugin.Attempts);
        attempts.Names.Add(name);
        attempts.Address = address;
        return true;
    }

    internal void Succeeded(RequestContext context)
    {
        if (context.Find(LoginPlugin.Attempts) is not { Names.Count: > 0 } attempts) return;
        lock (_gate)
        {
            foreach (var name in attempts.Names)
            {
                _buckets.Remove(name);
                // Not forgotten: otherwise an attacker with an account could reset the count of the address.
                if (attempts.Address is { } address && _buckets.GetValueOrDefault(address) is { Failures: > 0 } bucket)
                    _buckets[address] = bucket with { Failures = bucket.Failures - 1, Until = bucket.Last };
            }
        }
        attempts.Names.Clear();
    }

    // The time to wait, or null when the attempt is allowed and was counted.
    TimeSpan? CountOrWait(string name, string? address)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var wait = Wait(name);
            if (address is not null && Wait(address) is { } more && !(wait > more)) wait = more;
            if (wait is not null) return wait;
            Fail(name, options.FreePerName);
            if (address is not null) Fail(address, options.FreePerAddress);
            if (_buckets.Count > options.MaxEntries) Shrink(now);
            return null;
        }

        TimeSpan? Wait(string key) => _buckets.TryGetValue(key, out var bucket) && bucket.Until > now ? bucket.Until - now : null;

        void Fail(string key, int free)
        {
            var failures = _buckets.TryGetValue(key, out var bucket) && now - bucket.Last < options.ForgetAfter ? bucket.Failures + 1 : 1;
            _buckets[key] = new(failures, now, now + Delay(failures - free));
        }
    }

    // The exponent is bounded, because a duration isn't.
    TimeSpan Delay(int over) => over < 0 ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(options.FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(over, 40)), options.MaxDelay.TotalSeconds));

    // A tenth is freed at once, so that this is rare.
    void Shrink(DateTimeOffset now)
    {
        foreach (var (key, bucket) in _buckets)
            if (now - bucket.Last >= options.ForgetAfter) _buckets.Remove(key);
        var tooMany = _buckets.Count - options.MaxEntries * 9 / 10;
        if (_buckets.Count <= options.MaxEntries) return;
        foreach (var (key, _) in _buckets.OrderBy(entry => entry.Value.Failures).ThenBy(entry => entry.Value.Last).Take(tooMany).ToList())
            _buckets.Remove(key);
    }

    // A hash, so that long names need no more memory.
    static string NameKey(string userName) =>
        $"n{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(userName.ToLowerInvariant())).AsSpan(0, 16))}";

    // One customer of a provider has a whole /64 of IPv6.
    static string? AddressKey(string? address) => !IPAddress.TryParse(address, out var ip) ? null
        : ip.IsIPv4MappedToIPv6 ? $"a{ip.MapToIPv4()}"
        : ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"a{Convert.ToHexString(ip.GetAddressBytes().AsSpan(0, 8))}"
        : $"a{ip}";

    readonly record struct Bucket(int Failures, DateTimeOffset Last, DateTimeOffset Until);
}
