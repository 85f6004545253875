namespace Modular.Tests.Platforms;

/// <summary>Names that mean something else on Windows. They are refused on every system; on Linux and macOS the files are there, so that only the rule refuses them.</summary>
public sealed class PathRuleTests : IDisposable
{
    readonly TemporaryFolder _files = new(("static/style.css", "css"), ("static/sub/a.txt", "a"), ("secret.txt", "secret"));

    public void Dispose() => _files.Dispose();

    public static TheoryData<string> OfWindows =>
    [
        // Other separators, which lead to other folders.
        @"..\secret.txt", @"sub\..\..\secret.txt", @"\secret.txt", @"sub\a.txt", @"\\server\share", @"\\?\C:\secret.txt", @"\\.\COM1",
        // Drives, and the streams of a file.
        @"C:\secret.txt", "C:secret.txt", "C:/secret.txt", "c:", "style.css:hidden", "style.css::$DATA", "sub/a.txt:$INDEX_ALLOCATION",
        // Devices, with extensions, blanks and in folders.
        "con", "CON", "Con.txt", "con.tar.gz", "con .txt", " con", "nul", "NUL.css", "prn", "aux", "aux/a.txt", "sub/aux", "sub/aux.txt/a",
        "com1", "COM9.txt", "com0", "lpt1", "LPT9.log", "com¹", "lpt³.txt", "conin$", "CONOUT$",
    ];

    public static TheoryData<string> OfAllSystems =>
    [
        "console", "icon", "acon.txt", "contents/a.txt", "com", "com10", "comet.txt", "lpt", "nullable.txt", "auxiliary/a.txt", "a.con", "a.nul.txt", "prnt",
        "name with blanks.txt", "ümläut.txt", ".well-known/a", "a..b", "a-b_c~1.txt",
    ];

    [Theory]
    [MemberData(nameof(OfWindows))]
    public void Names_with_a_special_meaning_on_Windows_are_refused_on_every_system(string name)
    {
        Assert.Null(SafeJoin.Join(_files.Path, name));
        Assert.Null(SafeJoin.Join(@"C:\site\static", name));
        Assert.Null(SafeJoin.Join(_files.Path, "sub", name));
    }

    [Theory]
    [MemberData(nameof(OfWindows))]
    public async Task Not_even_a_file_of_that_name_is_sent(string name)
    {
        if (!OperatingSystem.IsWindows()) Write(name);
        var app = new ModularApp(new() { RootPath = _files.Path });
        app.Route("/sent", () => SendFromDirectory("static", Current.Request.Args["name"]));
        await using var client = app.TestClient();

        var byFolder = await client.GetAsync($"/static/{Uri.EscapeDataString(name)}");
        var byView = await client.GetAsync($"/sent?name={Uri.EscapeDataString(name)}");

        Assert.Equal((404, 404), (byFolder.Status, byView.Status));
    }

    [Theory]
    [MemberData(nameof(OfAllSystems))]
    public async Task Names_that_only_look_like_these_are_sent(string name)
    {
        Write(name);
        var app = new ModularApp(new() { RootPath = _files.Path });
        await using var client = app.TestClient();

        var response = await client.GetAsync($"/static/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}");

        Assert.Equal((200, "there"), (response.Status, response.Text));
    }

    [Theory]
    [InlineData(@"C:\site\static", @"C:\site\static/css/a.css")]
    [InlineData(@"\\server\share\static", @"\\server\share\static/css/a.css")]
    [InlineData("C:/site/static/", "C:/site/static/css/a.css")]
    [InlineData("/srv/site/static", "/srv/site/static/css/a.css")]
    public void The_folder_is_trusted_and_may_be_a_path_of_any_system(string folder, string expected) =>
        Assert.Equal(expected, SafeJoin.Join(folder, "css/a.css"));

    void Write(string name)
    {
        var path = $"{_files.Path}/static/{name}";
        Directory.CreateDirectory(path[..path.LastIndexOf('/')]);
        File.WriteAllText(path, "there");
    }
}
