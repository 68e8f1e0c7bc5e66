var s = Gapura.Hosting.Settings.Read(args.ElementAtOrDefault(0), [new("Urls", args.ElementAtOrDefault(1))]);
return await Gapura.Hosting.Server.Run(s, Console.Out, CancellationToken.None);
