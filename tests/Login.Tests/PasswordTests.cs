using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Modular.Login.Tests;

public sealed class PasswordTests
{
    [Fact]
    public void A_hash_verifies_its_password_alone_and_says_how_it_was_made()
    {
        var hash = Passwords.Hash("correct horse");

        Assert.Matches("^pbkdf2:sha256:600000\\$[A-Za-z0-9]{16}\\$[0-9a-f]{64}$", hash);
        Assert.True(Passwords.Verify(hash, "correct horse"));
        Assert.False(Passwords.Verify(hash, "correct horsf"));
        Assert.False(Passwords.Verify(hash, ""));
        Assert.NotEqual(hash, Passwords.Hash("correct horse"));
        Assert.False(Passwords.NeedsRehash(hash));
    }

    // Made with Werkzeug 3.1 and Python's hashlib.
    [Theory]
    [InlineData("pbkdf2:sha1:1000$0123456789abcdef$b80b93d4c8d1a816f17da5eff725b7a9f2d0fc78")]
    [InlineData("pbkdf2:sha256:1000$0123456789abcdef$3107ba1b8b0d3a00a8973f08ddb43837dd910d07232383b0bb2c5e6cacc6b5d2")]
    [InlineData("pbkdf2:sha512:1000$0123456789abcdef$ed04981258d65de64c3ce4932f0cdf99ccd1f4675916a966373c4b5712953fd22406bf97bffbddbb496b19b046bcba065479dfc58ce9599101b9c3badeab1d1c")]
    [InlineData("scrypt:32768:8:1$w4sxQhTIEQZveDf5$dde4a98d2abd11d23ccab4cf41accdef8e0da38c3757e8756ba4e6987d8e2e2cc8e2fdefa8dc317a6dc46828b2ec4381215cba56059abc3ab29f4f74d5711705")]
    [InlineData("scrypt:1024:8:2$BIKi6WjQ38djFrKz$e96dc1b600f52d14586ca3ddbbf51115df50b925e9adb0d8b424f231e39bc7e3e4e41ba25a75faed9ee5800922f924c5ca690c994590291e261674e6361dee98")]
    public void Hashes_of_Werkzeug_are_verified(string hash)
    {
        Assert.True(Passwords.Verify(hash, "pässword 1"));
        Assert.False(Passwords.Verify(hash, "password 1"));
        Assert.True(Passwords.NeedsRehash(hash));
    }

    // RFC 7914 §12.
    [Theory]
    [InlineData("", "", 16, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")]
    [InlineData("password", "NaCl", 1024, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")]
    [InlineData("pleaseletmein", "SodiumChloride", 16384, 8, 1, "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")]
    public void Scrypt_is_that_of_the_RFC(string password, string salt, int n, int r, int p, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(Scrypt.Hash(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(salt), n, r, p, 64)));

    [Fact]
    public void Hashes_of_ASP_NET_Core_Identity_are_verified()
    {
        var hash = new PasswordHasher<string>().HashPassword("", "correct horse");

        Assert.True(Passwords.Verify(hash, "correct horse"));
        Assert.False(Passwords.Verify(hash, "correct horsf"));
        Assert.True(Passwords.NeedsRehash(hash));
    }

    [Theory]
    [InlineData("pbkdf2:sha256:599999$a$b", true)]
    [InlineData("pbkdf2:sha256:1000000$a$b", false)]
    [InlineData("pbkdf2:sha512:600000$a$b", false)]
    [InlineData("pbkdf2:sha1:600000$a$b", true)]
    [InlineData("scrypt:32768:8:1$a$b", true)]
    [InlineData("", true)]
    public void A_weaker_hash_needs_a_new_one(string hash, bool needsOne) => Assert.Equal(needsOne, Passwords.NeedsRehash(hash));

    [Fact]
    public async Task Many_passwords_can_be_hashed_and_verified_at_once_and_a_wait_can_be_cancelled()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        var hashes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Passwords.HashAsync($"password {i}", TestContext.Current.CancellationToken)));
        var verified = await Task.WhenAll(hashes.Select((hash, i) => Passwords.VerifyAsync(hash, $"password {i}", TestContext.Current.CancellationToken)));

        Assert.Equal([true, true, true, true], verified);
        Assert.False(await Passwords.VerifyAsync(null, "password 0", TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Passwords.HashAsync("never", gone.Token));
    }

    [Fact]
    public void Every_password_of_an_unknown_user_is_wrong() => Assert.False(Passwords.Verify(null, "correct horse"));

    [Theory]
    [InlineData("pbkdf2:sha256:1000$salt$abc")]
    [InlineData("pbkdf2:sha256:1000$salt$")]
    [InlineData("pbkdf2:sha256:1000$salt$ABCDEF")]
    public void A_damaged_hash_verifies_nothing(string hash) => Assert.False(Passwords.Verify(hash, "correct horse"));

    [Theory]
    [InlineData("$2b$12$abcdefghijklmnopqrstuv", "another method")]
    [InlineData("md5$salt$hash", "\"md5\"")]
    [InlineData("pbkdf2:md5:1000$salt$hash", "\"pbkdf2:md5:1000\"")]
    [InlineData("pbkdf2:sha256:-5$salt$hash", "\"pbkdf2:sha256:-5\"")]
    [InlineData("pbkdf2:sha256$salt$hash", "\"pbkdf2:sha256\"")]
    [InlineData("scrypt:32767:8:1$salt$hash", "\"scrypt:32767:8:1\"")]
    [InlineData("scrypt:1048576:1024:1$salt$hash", "\"scrypt:1048576:1024:1\"")]
    [InlineData("plain text", "another method")]
    public void A_hash_of_an_unknown_method_is_an_error_without_the_hash(string hash, string method)
    {
        var problem = Assert.Throws<ModularException>(() => Passwords.Verify(hash, "x"));

        Assert.Equal($"A password hash was made by {method}, which Passwords.Verify doesn't support. " +
            "Verify it with a library for that method, and store Passwords.Hash(password) after the next log-in.", problem.Message);
    }
}
