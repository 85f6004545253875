namespace Modular.Uploads;

/// <summary>The methods that this package adds to an application.</summary>
public static class UploadsExtensions
{
    extension(ModularApp app)
    {
        /// <summary>
        /// Makes the files of forms available to views: <c>Current.Request.Files["photo"]</c>, or one by one while they arrive, with an
        /// <see cref="UploadStream"/> parameter.
        /// </summary>
        /// <param name="options">Where files are kept until they are saved. Null for the defaults.</param>
        /// <exception cref="ModularException">The folder for temporary files doesn't exist.</exception>
        public ModularApp UseUploads(UploadOptions? options = null) => app.Use(new UploadsPlugin(options ?? new()));
    }
}

/// <summary>The properties that this package adds to a request.</summary>
public static class UploadsLocals
{
    extension(Request request)
    {
        /// <summary>
        /// The files of the form, by field name. Empty when the form has no files or wasn't sent as <c>multipart/form-data</c>.
        /// </summary>
        /// <remarks>Files are deleted when the request ends. Save the ones to keep.</remarks>
        /// <exception cref="HttpException">413: a limit is exceeded. 400: the body is incomplete. 408: the client sends too
        /// slowly.</exception>
        /// <exception cref="ModularException">Uploads aren't installed, or this isn't the current request.</exception>
        public FileDict Files => RequestFiles.Current(request);

        /// <summary>
        /// The parts of the form one by one while they arrive, for a view with <see cref="ReadsBodyAttribute"/> and without an
        /// <see cref="UploadStream"/> parameter.
        /// </summary>
        /// <exception cref="HttpException">415: the body isn't a multipart form.</exception>
        /// <exception cref="ModularException">Uploads aren't installed, or the body has already been read.</exception>
        public UploadStream Upload => RequestFiles.OfCurrent(request).Get(UploadsPlugin.StreamSlot);
    }
}
