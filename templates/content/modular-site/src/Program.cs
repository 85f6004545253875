Site.Create(args).Run();
