using System.Text;
using Microsoft.AspNetCore.Http;
using Modular.Uploads;

namespace Modular.Fuzz;

/// <summary>The untrusted input of an upload: the body of a form, in any pieces, and file names.</summary>
static class UploadTargets
{
    const string NoForm = "no form";

    // The first byte says how long the pieces are that the rest, a body with the boundary B, comes in.
    internal static void Multipart(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty) return;
        var body = input[1..].ToArray();
        var (whole, looked) = Scan(body, body.Length);
        var (pieces, lookedAgain) = Scan(body, 1 + (input[0] % 64));
        Targets.Demand(whole == pieces, "A form reads otherwise in pieces.");
        // Between pieces, at most the longest delimiter is read again.
        Targets.Demand(looked <= (4L * body.Length) + 600 && lookedAgain <= 600L * (body.Length + 1), "Bytes are looked at too often.");
    }

    static (string Text, long Looked) Scan(byte[] body, int piece)
    {
        var delimiter = new MultipartDelimiter("B");
        var scanner = new MultipartScanner(delimiter, new UploadLimits { MaxFormParts = 10, MaxFormPadding = 1000, MaxPartHeaderSize = 500, MaxNameLength = 50 });
        var text = new StringBuilder();
        var (start, end) = (0, Math.Min(piece, body.Length));
        try
        {
            for (var steps = 0; ; steps++)
            {
                Targets.Demand(steps <= (4 * body.Length) + 10, "The scanner does not go on.");
                var step = scanner.Next(body.AsSpan(start, end - start), end == body.Length, out var used, out var content);
                if (step == MultipartStep.Part) text.Append('\n').Append(scanner.Header!.Name).Append('|').Append(scanner.Header.FileName).Append('|');
                else if (step == MultipartStep.Content) text.Append(Convert.ToHexString(body.AsSpan(start, end - start)[content]));
                else if (step == MultipartStep.PartEnd) text.Append('.');
                else if (step == MultipartStep.End) return ($"{text}", delimiter.Looked);
                else if (step == MultipartStep.Malformed) return (NoForm, delimiter.Looked);
                start += used;
                if (step == MultipartStep.More && used == 0) end = Math.Min(end + piece, body.Length);
            }
        }
        catch (HttpException error)
        {
            Targets.Demand(error.Status is StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge, "The status is another.");
            return (NoForm, delimiter.Looked);
        }
    }

    internal static void Filename(ReadOnlySpan<byte> input)
    {
        var name = Encoding.UTF8.GetString(input);
        foreach (var rules in Enum.GetValues<FilenameRules>())
        {
            var safe = UploadFunctions.SecureFilename(name, rules);
            Targets.Demand(safe.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'), "A name holds what is not safe.");
            Targets.Demand(!safe.StartsWith('.') && !safe.EndsWith('.'), "A name is hidden, or ends with a dot.");
            Targets.Demand(UploadFunctions.SecureFilename(safe, rules) == safe, "A safe name changes when it is made safe again.");
        }
    }
}
