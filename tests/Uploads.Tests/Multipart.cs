using System.Text;

namespace Modular.Uploads.Tests;

/// <summary>The bodies of forms as text.</summary>
static class Multipart
{
    internal const string Type = "multipart/form-data; boundary=BB";

    internal static byte[] Form(params string[] parts) => Encoding.Latin1.GetBytes($"{string.Concat(parts)}--BB--\r\n");

    internal static string Field(string name, string value) => $"--BB\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

    internal static string File(string name, string fileName, string content, string? type = null) =>
        $"--BB\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{fileName}\"\r\n{(type is null ? "" : $"Content-Type: {type}\r\n")}\r\n{content}\r\n";

    internal static TestRequest Request(params string[] parts) => new() { Body = Form(parts), ContentType = Type };
}
