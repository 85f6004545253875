namespace Modular.Uploads.Tests;

/// <summary>The section Uploads of the configuration.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task The_section_changes_the_options_of_the_program()
    {
        var folder = Directory.CreateTempSubdirectory("modular-uploads-");
        try
        {
            var app = new ModularApp().UseUploads(new() { MemoryThreshold = 1000 });
            app.Config.AddInMemoryCollection([new("Uploads:MemoryThreshold", "10"), new("Uploads:TemporaryFolder", folder.FullName)]);
            // The system shows the handles of deleted files on Linux alone.
            app.Post("/", () => $"{Current.Request.Files["f"].Length} {(OperatingSystem.IsLinux() ? Leftovers.Handles(folder.FullName) : 1)}");
            await using var client = app.TestClient();

            var response = await client.PostAsync("/", Multipart.Request(Multipart.File("f", "x.txt", new('x', 100), "text/plain")));

            Assert.Equal("100 1", response.Text);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("TemporaryFolder", "/nowhere/at/all", "The folder for temporary files, \"/nowhere/at/all\", doesn't exist. Create it, or set UploadOptions.TemporaryFolder to another folder.")]
    [InlineData("MemoryThreshold", "many", "\"Uploads:MemoryThreshold\" in the configuration, an option of Modular.Uploads, is \"many\". Write a value of the type int.")]
    public void A_wrong_value_in_the_section_is_reported(string name, string value, string problem)
    {
        var app = new ModularApp().UseUploads();
        app.Config.AddInMemoryCollection([new($"Uploads:{name}", value)]);

        Assert.Equal(problem, Assert.Throws<ModularException>(() => app.TestRequestContext("/")).Message);
    }
}
