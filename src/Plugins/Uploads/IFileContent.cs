namespace Modular.Uploads;

/// <summary>Where the bytes of an uploaded file lie until the request ends.</summary>
interface IFileContent
{
    long Length { get; }

    Stream OpenRead();
}
