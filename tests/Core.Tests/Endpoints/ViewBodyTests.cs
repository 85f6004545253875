using System.IO.Pipelines;
using System.Text;

namespace Modular.Tests.Endpoints;

public sealed class ViewBodyTests
{
    [Theory]
    [InlineData("""{"name":"tea","count":3}""", "200 tea 3")]
    [InlineData("""{"Name":"tea"}""", "200 tea 0")]
    [InlineData("", "400")]
    [InlineData("null", "400")]
    [InlineData("[1]", "400")]
    [InlineData("""{"name":""", "400")]
    [InlineData("""{"name":"tea","count":"many"}""", "400")]
    public async Task A_parameter_that_is_not_a_service_is_the_json_body(string json, string expected)
    {
        var app = new ModularApp();
        app.Post("/", (Item item) => $"{item.Name} {item.Count}");
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", new() { Json = json });

        Assert.Equal(expected, response.Status == 200 ? $"200 {response.Text}" : $"{response.Status}");
    }

    [Fact]
    public async Task A_json_body_of_another_type_is_a_415()
    {
        var app = new ModularApp();
        app.Post("/", (Item item) => item.Name);
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", new() { Body = "{}"u8.ToArray(), ContentType = "text/plain" });

        Assert.Equal(415, response.Status);
    }

    [Theory]
    [InlineData(null, "nothing")]
    [InlineData("null", "nothing")]
    [InlineData("""{"name":"tea"}""", "tea")]
    public async Task An_optional_json_body_may_be_missing(string? json, string expected)
    {
        var app = new ModularApp();
        app.Post("/", (Item? item) => item?.Name ?? "nothing");
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", new() { Json = json });

        Assert.Equal(expected, response.Text);
    }

    [Fact]
    public async Task A_json_body_can_be_combined_with_variables_and_services()
    {
        var app = new ModularApp();
        app.Services.AddSingleton(new StringBuilder("shelf"));
        app.Put("/<int:id>", (Item item, int id, StringBuilder shelf) => $"{shelf} {id} {item.Name}");
        await using var client = app.TestClient();

        var response = await client.PutAsync("/7", TestRequest.WithJson(new Item("tea", 1)));

        Assert.Equal("shelf 7 tea", response.Text);
    }

    [Fact]
    public async Task A_view_that_takes_a_stream_reads_the_body_while_it_arrives()
    {
        var firstPiece = new TaskCompletionSource<string>();
        var app = new ModularApp();
        app.Post("/", async (Stream body) =>
        {
            var piece = new byte[100];
            var count = await body.ReadAsync(piece);
            firstPiece.SetResult(Encoding.UTF8.GetString(piece, 0, count));
            return await new StreamReader(body).ReadToEndAsync();
        });
        await using var client = app.TestClient();

        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("first"u8.ToArray());
        var answer = client.StreamAsync("/", "POST", new() { Content = new Arriving(pipe.Reader.AsStream()) });
        var first = await firstPiece.Task;
        await pipe.Writer.WriteAsync("second"u8.ToArray());
        await pipe.Writer.CompleteAsync();
        using var response = await answer;

        Assert.Equal(("first", "second"), (first, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_view_that_takes_a_pipe_reader_reads_the_body_itself()
    {
        var app = new ModularApp();
        app.Post("/", async (PipeReader body) =>
        {
            var read = await body.ReadAtLeastAsync(5);
            var text = Encoding.UTF8.GetString(read.Buffer);
            body.AdvanceTo(read.Buffer.End);
            return text;
        });
        await using var client = app.TestClient();

        var response = await client.PostAsync("/", new() { Body = "hello"u8.ToArray() });

        Assert.Equal("hello", response.Text);
    }

    sealed record Item(string Name, int Count);

    // Sent in pieces, which the test client doesn't do.
    sealed class Arriving(Stream source) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            var piece = new byte[100];
            for (int count; (count = await source.ReadAsync(piece)) > 0;)
            {
                await stream.WriteAsync(piece.AsMemory(0, count));
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
