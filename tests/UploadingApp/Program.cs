// An application that keeps uploads in a folder, for tests in which its process is killed or its disk is full: UploadingApp <folder> <temporary folder>.
var store = new LocalFolder(args[0]);
var app = new ModularApp();
app.UseUploads(new() { TemporaryFolder = args[1] });

app.Post("/stream", async (UploadStream upload) =>
{
    await foreach (var part in upload) await part.SaveAsync(store, "report.txt");
    return "saved";
}, endpoint: "stream");
app.Post("/form", async () =>
{
    await Current.Request.Files["f"].SaveAsync(store, "report.txt");
    return "saved";
}, endpoint: "form");

app.Run(port: 0);
