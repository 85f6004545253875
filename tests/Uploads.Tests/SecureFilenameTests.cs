namespace Modular.Uploads.Tests;

public sealed class SecureFilenameTests(ITestOutputHelper output)
{
    [Fact]
    public void File_names_are_made_safe_as_by_Werkzeug_on_Linux()
    {
        var run = new VectorFile("secure_filename.json", output);

        foreach (var item in VectorFile.Load("secure_filename.json").EnumerateArray())
        {
            var name = item.GetProperty("args").GetProperty("filename").GetString()!;
            run.Check(VectorFile.Quote(name), item.GetProperty("expect").GetProperty("value").GetString()!, SecureFilename(name, FilenameRules.Posix));
        }

        run.Finish();
    }

    [Fact]
    public void Names_that_are_safe_everywhere_differ_in_backslashes_and_devices_only()
    {
        foreach (var item in VectorFile.Load("secure_filename.json").EnumerateArray())
        {
            var name = item.GetProperty("args").GetProperty("filename").GetString()!;

            var safe = SecureFilename(name);

            Assert.Equal(SecureFilename(name.Replace('\\', '/'), FilenameRules.Posix), safe.StartsWith('_') ? safe[1..] : safe);
        }
    }

    [Theory]
    [InlineData(@"C:\Windows\x.txt", "C_Windows_x.txt")]
    [InlineData(@"..\..\etc\passwd", "etc_passwd")]
    [InlineData("CON", "_CON")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("NUL.tar.gz", "_NUL.tar.gz")]
    [InlineData("aux.", "_aux")]
    [InlineData(" com1 .log", "com1_.log")]
    [InlineData("com1. log", "_com1._log")]
    [InlineData("COM¹.txt", "_COM1.txt")]
    [InlineData("lpt9 ", "_lpt9")]
    [InlineData("a/CON", "a_CON")]
    [InlineData("CON/a", "CON_a")]
    [InlineData("_nul", "_nul")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("com10.txt", "com10.txt")]
    [InlineData(null, "")]
    [InlineData("..", "")]
    [InlineData("\uD800x", "x")]
    public void By_default_names_are_safe_on_every_system(string? name, string expected)
    {
        Assert.Equal(expected, SecureFilename(name));
    }
}
