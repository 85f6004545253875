Api.Create(args).Run();
