using System.Text;
using System.Text.Json;
using Gapura.Hosting;
using Gapura.Hosting.Commands;
using Xunit;

namespace Gapura.Tests.Hosting;

/// <summary>An operator at a command line, with a data directory of their own that goes when they go.</summary>
internal sealed class Operator : IDisposable
{
    public const string PublicKey =
        "04c5e4e387c76ada73c8a7fc7c613aac1ed455a87e8bcd72b74506d3ad8dcef0c06a644449be6d7e529cc6b4f2abe2be65c5197aa40464756e78e3da78f2bb82a8";

    private readonly string _root = Directory.CreateTempSubdirectory("gapura-cli-").FullName;

    public string Data => Path.Combine(_root, "data");

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What they type when asked for a secret; null when there is no terminal.</summary>
    public Queue<string>? Typed { get; init; }

    public Task<Said> Run(params string[] args) => RunWith("", args);

    /// <summary>Starts valid and breaks one option: refused in these words, and no installation is made.</summary>
    public async Task IsRefusedWith(IEnumerable<string> valid, string option, string value, string words)
    {
        var args = valid.ToArray();
        args[Array.IndexOf(args, option) + 1] = value;
        (await Run(args)).IsRefused(words);
        Assert.False(Directory.Exists(Data));
    }

    /// <param name="input">Standard input.</param>
    public async Task<Said> RunWith(string input, params string[] args)
    {
        using StringWriter output = new(), error = new();
        var terminal = new Terminal(output, error) { Input = () => new StringReader(input), AskSecret = Typed is null ? null : Typed.Dequeue };
        if (input.Contains('\n', StringComparison.Ordinal))
        {
            var lines = new StringReader(input);
            terminal = new Terminal(output, error) { Input = () => lines, AskSecret = null };
        }

        var code = await GapuraCommandLine.RunAsync([.. args, "--data", Data], terminal, Time, TestContext.Current.CancellationToken);
        return new Said(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs with <c>--json</c>, expects success and reads the one value.</summary>
    public async Task<JsonElement> Json(params string[] args)
    {
        var said = await Run([.. args, "--json"]);
        Assert.True(said.Code == 0, said.Error);
        Assert.Empty(said.Error);
        return said.Json;
    }

    public Task<JsonElement> AddPlatform(string clientId = "tautauberes") => Json(
        "platform", "add", "--client-id", clientId, "--name", "TauTauBeres.id", "--company", "TauTauBeres", "--domain", "https://tautauberes.id");

    public Task<JsonElement> AddAccount(string username = "cobajualan", string password = "kapal besar sekali") => Json(
        "account", "add", "--username", username, "--name", "Coba Jualan", "--npwp", "018263453454543", "--password", password);

    /// <summary>Every byte in the data directory, so that a test can look for what must not be there.</summary>
    public bool Stores(string text) => Directory.EnumerateFiles(Data).Any(f =>
    {
        using var file = new FileStream(f, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    });

    public void Dispose() => Directory.Delete(_root, recursive: true);
}

/// <summary>What a command answered.</summary>
internal sealed record Said(int Code, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Exit code 1, nothing on the output, one sentence on the error stream that holds these words.</summary>
    public void IsRefused(params string[] words) => IsSentence(1, words);

    /// <summary>The same with exit code 2.</summary>
    public void IsNotUnderstood(params string[] words) => IsSentence(2, words);

    private void IsSentence(int code, string[] words)
    {
        Assert.Equal(code, Code);
        Assert.Empty(Output);
        Assert.EndsWith("\n", Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, Error, StringComparison.Ordinal));
    }
}
