namespace Modular.Sessions.Tests;

public sealed class PurposeSignerTests
{
    [Fact]
    public async Task A_plugin_signs_with_the_key_of_the_sessions_and_reads_its_value_back()
    {
        await using var app = Apps.New();
        app.Get("/sign", (ISigner signer) => signer.Sign("mail", "jörg.müller@example.org"), endpoint: "sign");
        app.Get("/read", (ISigner signer) => signer.Unsign("mail", Current.Request.Args["token"]), endpoint: "read");
        var client = app.TestClient();

        var token = (await client.GetAsync("/sign")).Text;
        var read = await client.GetAsync($"/read?token={Uri.EscapeDataString(token)}");

        Assert.StartsWith("jörg.müller@example.org.", token, StringComparison.Ordinal);
        Assert.Equal("jörg.müller@example.org", read.Text);
        Assert.Equal(0, read.Headers.Vary.Count);         // signing doesn't touch the session
    }

    [Fact]
    public void A_value_is_valid_for_its_own_purpose_alone()
    {
        var signer = New(new() { SecretKey = Apps.Key });
        var token = signer.Sign("remember", "7");

        Assert.Equal("7", signer.Unsign("remember", token));
        Assert.Null(signer.Unsign("reset", token));
        Assert.Null(signer.Unsign("remembe", token));
        Assert.Null(signer.Unsign("remember ", token));
        Assert.Throws<ArgumentException>(() => signer.Sign("", "7"));
    }

    [Fact]
    public void A_value_of_another_signer_with_the_same_key_is_not_valid()
    {
        var signer = New(new() { SecretKey = Apps.Key });

        Assert.Null(signer.Unsign("cookie-session", Apps.Serializer().Serialize(new Dictionary<string, object?> { ["user"] = 1 })));
        Assert.Null(signer.Unsign("mail", new TimedSigner(Apps.Key, new() { Salt = "mail", KeyDerivation = KeyDerivation.Hmac }).Sign("7")));
    }

    [Fact]
    public void Every_changed_character_makes_a_value_invalid()
    {
        var signer = New(new() { SecretKey = Apps.Key });
        var token = signer.Sign("mail", "user.7");

        // The last character has bits that base64 doesn't use, so it is checked with a change of the used ones.
        for (var i = 0; i < token.Length - 1; i++)
        {
            var changed = $"{token[..i]}{(token[i] == 'A' ? 'B' : 'A')}{token[(i + 1)..]}";
            Assert.Null(signer.Unsign("mail", changed));
        }
        foreach (var wrong in (string[])["", ".", "..", "user.7", token[..^3], $"{token}{token}", $"x{token}", $"{token}.x", "\0", new string('.', 70_000)])
            Assert.Null(signer.Unsign("mail", wrong));
        Assert.Equal("user.7", signer.Unsign("mail", token));
    }

    [Fact]
    public void Old_keys_verify_and_never_sign_for_a_purpose_too()
    {
        var before = New(new() { SecretKey = "the key of last year!" });
        var rotated = New(new() { SecretKey = "the key of this year!", SecretKeyFallbacks = ["the key of last year!"] });
        var after = New(new() { SecretKey = "the key of this year!" });

        Assert.Equal("7", rotated.Unsign("mail", before.Sign("mail", "7")));
        Assert.Null(before.Unsign("mail", rotated.Sign("mail", "7")));
        Assert.Equal("7", after.Unsign("mail", rotated.Sign("mail", "7")));
        Assert.Null(after.Unsign("mail", before.Sign("mail", "7")));
        Assert.Null(rotated.Unsign("reset", before.Sign("mail", "7")));
    }

    [Fact]
    public void A_value_expires_after_its_maximum_age_by_the_clock_of_the_application()
    {
        var clock = new ManualClock();
        var signer = New(new() { SecretKey = Apps.Key }, clock);
        var token = signer.Sign("mail", "7");

        clock.Now = ManualClock.Then.AddSeconds(60);
        Assert.Equal("7", signer.Unsign("mail", token, TimeSpan.FromSeconds(60)));
        Assert.Null(signer.Unsign("mail", token, TimeSpan.FromSeconds(59)));
        clock.Now = ManualClock.Then.AddYears(10);
        Assert.Equal("7", signer.Unsign("mail", token));
        clock.Now = ManualClock.Then.AddSeconds(-1);
        Assert.Null(signer.Unsign("mail", token, TimeSpan.FromDays(1)));
        Assert.Equal("7", signer.Unsign("mail", token));
    }

    [Fact]
    public void The_signature_and_the_derived_key_have_256_bits()
    {
        var signer = New(new() { SecretKey = Apps.Key });

        Assert.Equal(43, signer.Sign("mail", "7").Split('.')[^1].Length);      // 32 bytes in base64url
        Assert.Equal(signer.Sign("mail", "7"), signer.Sign("mail", "7"));      // the same in the same second
        Assert.NotEqual(signer.Sign("mail", "7"), signer.Sign("reset", "7"));
    }

    [Fact]
    public void Without_a_key_nothing_is_signed_and_nothing_is_valid()
    {
        var signer = New(new());

        var problem = Assert.Throws<ModularException>(() => signer.Sign("mail", "7"));
        Assert.Equal(
            "A value can't be signed because the application has no secret key. Set SecretKey in app.UseSessions(new() { SecretKey = … }).",
            problem.Message);
        Assert.Null(signer.Unsign("mail", New(new() { SecretKey = Apps.Key }).Sign("mail", "7")));
    }

    static PurposeSigner New(SessionsOptions options, ManualClock? clock = null) => new PurposeSigner(options, clock ?? new ManualClock());
}
