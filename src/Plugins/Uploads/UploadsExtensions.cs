namespace Modular.Uploads;

/// <summary>The words that install uploads.</summary>
public static class UploadsExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Gives views the files of forms: <c>Current.Request.Files["photo"]</c>, or one by one while they arrive, by a parameter <see cref="UploadStream"/>.</summary>
        /// <param name="options">Where files are kept until they are saved; null for the defaults.</param>
        /// <exception cref="ModularException">The folder for temporary files does not exist.</exception>
        public ModularApp UseUploads(UploadOptions? options = null) => app.Use(new UploadsPlugin(options ?? new()));
    }
}

/// <summary>The nouns that a request has by this package.</summary>
public static class UploadsLocals
{
    extension(Request request)
    {
        /// <summary>The files of the form, by the names of their fields. Empty when the form has none, and when it was not sent as <c>multipart/form-data</c>.</summary>
        /// <remarks>They are gone when the request ends: save what is to stay.</remarks>
        /// <exception cref="HttpException">413: a limit was passed. 400: the body ended early. 408: it came too slowly.</exception>
        /// <exception cref="ModularException">Uploads are not installed, or this is not the current request.</exception>
        public FileDict Files => RequestFiles.Current(request);

        /// <summary>The parts of the form one by one while they arrive, for a view that has <see cref="ReadsBodyAttribute"/> and no <see cref="UploadStream"/> parameter.</summary>
        /// <exception cref="HttpException">415: the body is no multipart form.</exception>
        /// <exception cref="ModularException">Uploads are not installed, or the body has been read already.</exception>
        public UploadStream Upload => RequestFiles.OfCurrent(request).Get(UploadsPlugin.StreamSlot);
    }
}
