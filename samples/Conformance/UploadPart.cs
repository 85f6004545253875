namespace Conformance;

static class UploadPart
{
    internal static void AddTo(ModularApp app, string folder)
    {
        app.Route("/upload", Upload, endpoint: "upload", methods: ["GET", "POST"]);
        app.Post("/upload/one", (Request request) =>
        {
            var file = request.Files["the_file"];
            return new { filename = file.FileName, size = file.Length };
        }, endpoint: "upload_one");
        app.Post("/upload/save", (Request request, CancellationToken cancellationToken) => Save(request, folder, cancellationToken), endpoint: "upload_save");
        app.Route("/upload/stored/<name>", (string name) => Stored(Path.Combine(folder, SecureFilename(name, FilenameRules.Posix))), endpoint: "upload_stored");
        app.Route("/upload/secure", (Request request) => new { name = SecureFilename(request.Args["name"], FilenameRules.Posix) }, endpoint: "upload_secure");
    }

    static Response Upload(Request request)
    {
        if (request.Method != "POST") return "upload form";
        return Json(new { files = request.Files.Keys.SelectMany(request.Files.GetAll).Select(Described), form = RequestPart.Lists(request.Form) });
    }

    static object Described(FileStorage file) => new
    {
        field = file.Name,
        filename = file.FileName,
        content_type = file.MimeType,
        size = file.Length,
        sha256 = Hash(file.OpenRead()),
    };

    static async Task<object> Save(Request request, string folder, CancellationToken cancellationToken)
    {
        var file = request.Files["the_file"];
        var name = SecureFilename(file.FileName, FilenameRules.Posix);
        if (name.Length == 0) return ("empty name", 400);
        await file.SaveAsync(Path.Combine(folder, name), cancellationToken: cancellationToken);
        return new { saved = name };
    }

    static object Stored(string path)
    {
        if (!File.Exists(path)) return new { exists = false };
        using var file = File.OpenRead(path);
        return new { exists = true, size = file.Length, sha256 = Hash(file) };
    }

    static string Hash(Stream stream)
    {
        using (stream) return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
    }
}
