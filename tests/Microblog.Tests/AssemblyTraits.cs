// Nearly all tests visit the site, which is another process.
[assembly: StartsPrograms]
