using System.Text;
using Render;

// One case a line, one answer a line.
using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
while (await input.ReadLineAsync() is { } line)
    if (!string.IsNullOrWhiteSpace(line)) await output.WriteLineAsync(TemplateCase.Answer(line));
