using System.Text;

namespace Gapura.Hosting.Commands;

/// <summary>Where a command is answered and, seldom, asks.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error)
{
    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Standard input. Opened only when a command reads it: `serve` never does.</summary>
    public Func<TextReader> Input { get; init; } = () => Console.In;

    /// <summary>Reads one line without showing it; null where nobody sits in front.</summary>
    public Func<string>? AskSecret { get; init; } = Console.IsInputRedirected ? null : ReadHidden;

    /// <summary>One line of standard input, without its end; null when there is none left.</summary>
    // On a thread of its own: a console read cannot be cancelled, and the command must end all the same.
    public Task<string?> ReadLine(CancellationToken ct) => Task.Run(() => Input().ReadLine(), CancellationToken.None).WaitAsync(ct);

    /// <summary>A secret typed unseen or, where nobody sits in front, piped in as a line; empty when there is none.</summary>
    public async Task<string> ReadSecret(string what, CancellationToken ct) => AskSecret is null ? await ReadLine(ct) ?? "" : await Ask($"{what}: ", ct);

    /// <summary>A line typed in the open; null where nobody sits in front.</summary>
    public async Task<string?> AskLine(string what, CancellationToken ct)
    {
        if (AskSecret is null) return null;
        await Error.WriteAsync($"{what}: ".AsMemory(), ct);
        return await ReadLine(ct);
    }

    /// <exception cref="RefusedException">Nobody sits in front, or the two did not agree.</exception>
    public async Task<string> AskSecretTwice(string what, CancellationToken ct)
    {
        var first = await Ask($"{what}: ", ct);
        return await Ask($"{what}, once more: ", ct) == first ? first : throw new RefusedException("The two were not the same; nothing was changed.");
    }

    private async Task<string> Ask(string prompt, CancellationToken ct)
    {
        if (AskSecret is null) throw new RefusedException("Say --password or --password-stdin: there is no terminal to ask at.") { IsUsage = true };

        // Prompts go to the error stream: what a script catches is the answer alone.
        await Error.WriteAsync(prompt.AsMemory(), ct);
        var secret = await Task.Run(AskSecret, CancellationToken.None).WaitAsync(ct);
        await Error.WriteLineAsync();
        return secret;
    }

    private static string ReadHidden()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter) return typed.ToString();
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0) typed.Length--;
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }
    }
}
