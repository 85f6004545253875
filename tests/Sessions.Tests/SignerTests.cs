using System.Security.Cryptography;

namespace Modular.Sessions.Tests;

public sealed class SignerTests
{
    [Fact]
    public void Signed_values_come_back_and_changed_ones_do_not()
    {
        var signer = new Signer(Apps.Key, new() { Salt = "unsubscribe" });
        var token = signer.Sign("jörg.müller@example.org");

        Assert.Equal(new Unsigned<string>(SignatureProblem.None, "jörg.müller@example.org"), signer.Unsign(token));
        Assert.Equal(SignatureProblem.Mismatch, signer.Unsign($"x{token}").Problem);
        Assert.Equal(SignatureProblem.Unsigned, signer.Unsign("nothing").Problem);
        Assert.Equal(SignatureProblem.Mismatch, new Signer(Apps.Key, new() { Salt = "activate" }).Unsign(token).Problem);
    }

    [Fact]
    public void A_timed_signature_has_its_time_and_expires()
    {
        var clock = new ManualClock();
        var signer = new TimedSigner(Apps.Key, clock: clock);
        var token = signer.Sign("value");

        clock.Now = ManualClock.Then.AddSeconds(60);
        var (inTime, late) = (signer.Unsign(token, TimeSpan.FromSeconds(60)), signer.Unsign(token, TimeSpan.FromSeconds(59)));
        clock.Now = ManualClock.Then.AddSeconds(-1);
        var (future, anyTime) = (signer.Unsign(token, TimeSpan.FromDays(1)), signer.Unsign(token));

        Assert.Equal(new Unsigned<string>(SignatureProblem.None, "value", ManualClock.Then), inTime);
        Assert.Equal(new Unsigned<string>(SignatureProblem.Expired, null, ManualClock.Then), late);
        Assert.Equal((SignatureProblem.Future, SignatureProblem.None), (future.Problem, anyTime.Problem));
        Assert.Equal(SignatureProblem.NoTime, signer.Unsign(new Signer(Apps.Key).Sign("value")).Problem);
        Assert.Equal(SignatureProblem.MalformedTime, signer.Unsign(new Signer(Apps.Key).Sign("value.A")).Problem);
    }

    [Fact]
    public void Old_keys_verify_and_never_sign()
    {
        var old = new Signer("the key of last year");
        var rotated = new Signer("the key of this year", new() { Fallbacks = ["the key of last year"] });

        var unsigned = rotated.Unsign(old.Sign("value"));
        Assert.True(unsigned.IsGood && unsigned.Value.Length == 5);       // no warning of null behind IsGood
        Assert.False(old.Unsign(rotated.Sign("value")).IsGood);
        Assert.Equal(new Signer("the key of this year").Sign("value"), rotated.Sign("value"));
    }

    [Fact]
    public void Any_separator_is_allowed_unless_it_is_a_character_of_the_signature()
    {
        var signer = new Signer(Apps.Key, new() { Separator = ':', Digest = HashAlgorithmName.SHA512 });

        Assert.Equal("a.b", signer.Unsign(signer.Sign("a.b")).Value);
        var problem = Assert.Throws<ArgumentOutOfRangeException>(() => new SignerOptions { Separator = '-' });
        Assert.StartsWith("Separator must be a printable ASCII character other than a letter, a digit, '-', '_' or '='.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Signers_may_be_shared_by_threads()
    {
        var signer = new Signer(Apps.Key);

        Parallel.For(0, 2000, i => Assert.Equal($"{i}", signer.Unsign(signer.Sign($"{i}")).Value));
    }

    [Fact]
    public void A_key_does_not_show_itself()
    {
        Assert.Equal("a key of 32 bytes", $"{new SecretKey(Apps.Key)}");
        Assert.DoesNotContain(Apps.Key, $"{new SessionsOptions { SecretKey = Apps.Key }}", StringComparison.Ordinal);
    }
}
