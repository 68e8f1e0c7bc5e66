using System.CommandLine;

namespace Gapura.Hosting.Commands;

/// <summary><c>gapura serve</c></summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        Option<string?> urls = new("--urls") { Description = "Where to listen, separated by semicolons. Usual: http://localhost:5080", HelpName = "URLS" };
        Option<string?> issuer = new("--issuer") { Description = "The address people see, and `iss` of every token. Usual: the first of --urls", HelpName = "ORIGIN" };
        var command = new Command("serve", "Run the server until it is told to stop (Ctrl-C, SIGTERM).") { urls, issuer };
        command.SetAction((said, ct) =>
            Server.Run(said.Settings(new("Urls", said.GetValue(urls)), new("Issuer", said.GetValue(issuer))), said.InvocationConfiguration.Output, ct));
        return command;
    }
}
