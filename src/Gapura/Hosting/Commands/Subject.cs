using System.CommandLine;

namespace Gapura.Hosting.Commands;

/// <summary>The one thing a command is about, said bare or by name: <c>platform show client-1</c>, <c>platform show --client-id client-1</c>.</summary>
internal sealed class Subject
{
    private readonly Argument<string?> _bare;
    private readonly Option<string?> _named;

    public Subject(Command command, string helpName, string option, string description, params string[] aliases)
    {
        _bare = new(helpName) { Description = description, Arity = ArgumentArity.ZeroOrOne };
        _named = new(option, aliases) { Description = $"The same, by name", HelpName = helpName };
        command.Add(_bare);
        command.Add(_named);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_bare) is null == result.GetValue(_named) is null) result.AddError($"Say {helpName} once, bare or as {option}.");
        });
    }

    public string Of(ParseResult said) => (said.GetValue(_bare) ?? said.GetValue(_named))!;
}
