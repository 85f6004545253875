namespace Modular.Uploads.Tests;

public sealed class ProgressTests
{
    [Fact]
    public async Task A_view_gets_the_progress_of_its_upload()
    {
        var reports = new List<UploadProgress>();
        var app = new ModularApp().UseUploads();
        app.Post("/", async (UploadStream upload) =>
        {
            upload.Progress = new Reporter(reports.Add);
            await foreach (var part in upload) await part.SaveAsync(Stream.Null);
            return "";
        });
        await using var client = app.TestClient();
        var request = Multipart.Request(Multipart.File("f", "a.bin", new('x', 300_000)), Multipart.File("g", "b.bin", new('x', 10)));

        await client.PostAsync("/", request);

        var length = request.Body!.Value.Length;
        Assert.All(reports, report => Assert.Equal(length, report.Total));
        Assert.True(reports.Count > 4);
        Assert.Equal(reports.Select(report => report.Received).Order(), reports.Select(report => report.Received));
        Assert.Equal((length, "b.bin", UploadState.Done), (reports[^1].Received, reports[^1].FileName, reports[^1].State));
        Assert.Equal(UploadState.Running, reports[0].State);
    }

    [Fact]
    public async Task A_page_gets_the_progress_of_its_upload_from_an_endpoint()
    {
        var app = new ModularApp().UseUploads(new() { ProgressArgument = "upload" });
        app.Get("/progress/<id>", (string id, UploadMonitor monitor) => Json(monitor.Find(id)));
        app.Post("/", async (UploadStream upload, UploadMonitor monitor) =>
        {
            var part = await upload.NextAsync();
            await part!.ReadTextAsync();
            return $"{monitor.Find("7f3a")}";
        });
        app.Post("/files", () => $"{Current.Request.Files.Count}");
        app.Post("/failing", async (UploadStream upload) => await upload.NextAsync() is null ? "" : Abort(400));
        await using var client = app.TestClient();
        var request = Multipart.Request(Multipart.File("f", "a.bin", "hello"));

        var unknown = await client.GetAsync("/progress/7f3a");
        await client.PostAsync("/?upload=7f3a", request);
        await client.PostAsync("/files?upload=files", request);
        await client.PostAsync("/failing?upload=failing", request);
        var files = await client.GetAsync("/progress/files");
        var failing = await client.GetAsync("/progress/failing");

        Assert.Equal("null", unknown.Text.Trim());
        Assert.Contains("\"fileName\":\"a.bin\"", files.Text, StringComparison.Ordinal);
        Assert.Contains($"\"total\":{request.Body!.Value.Length}", files.Text, StringComparison.Ordinal);
        Assert.Contains($"\"state\":{(int)UploadState.Done}", files.Text, StringComparison.Ordinal);
        Assert.Contains($"\"state\":{(int)UploadState.Failed}", failing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_monitor_forgets_old_uploads_and_keeps_no_more_than_a_thousand()
    {
        var time = new ManualTime();
        var monitor = new UploadMonitor(time);

        monitor.Start("old")!.Report(new(1, 2, "x", UploadState.Done));
        var before = monitor.Find("old");
        time.Advance(TimeSpan.FromSeconds(61));
        var after = monitor.Find("old");
        for (var i = 0; i < 2000; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            monitor.Start($"{i}");
        }

        Assert.Equal((new UploadProgress(1, 2, "x", UploadState.Done), null), (before, after));
        Assert.Equal((null, true), (monitor.Find("0"), monitor.Find("1999") is not null));
        Assert.Equal(1000, Enumerable.Range(0, 2000).Count(i => monitor.Find($"{i}") is not null));
        Assert.Equal((null, null), (monitor.Start(""), monitor.Start(new('x', 129))));
    }

    sealed class Reporter(Action<UploadProgress> report) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value) => report(value);
    }
}
