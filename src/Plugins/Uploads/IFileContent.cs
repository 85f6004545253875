namespace Modular.Uploads;

/// <summary>The bytes of an uploaded file until the request ends.</summary>
interface IFileContent
{
    long Length { get; }

    Stream OpenRead();
}
