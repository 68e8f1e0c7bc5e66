using Gapura.Kernel;
using Gapura.Storage;
using Xunit;

namespace Gapura.Tests.Storage;

/// <summary>What one node knows, asked by another. Every line reaches every node, whoever said it too.</summary>
public sealed class NeighboursTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);
    private readonly HandClock _clock = new();
    private readonly List<string> _lines = [];
    private readonly List<Neighbours> _nodes = [];
    private Task _heard = Task.CompletedTask;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_knows_answers_and_whoever_does_not_keeps_silent()
    {
        var (one, _, _) = (Node(), Node("7", "seven and a word"), Node());
        Assert.Equal("seven and a word", await one.Ask("7", Ct));
        Assert.Equal(["?", "!"], _lines.Select(l => l[..1]));
    }

    [Fact]
    public async Task Who_asks_does_not_answer_itself_and_goes_on_without_when_nobody_knows()
    {
        var one = Node("7", "seven");
        Node();
        await NobodyTells(one.Ask("7", Ct));
        Assert.Single(_lines);
    }

    [Fact]
    public async Task An_answer_to_another_question_is_not_taken_and_one_that_comes_too_late_harms_nobody()
    {
        var one = Node();
        var asked = one.Ask("7", Ct);
        one.Hear($"! {PublicId.New(_clock)} wrong");
        await NobodyTells(asked);
        one.Hear($"! {_lines[0].Split(' ')[1]} late");
        foreach (var line in (string[])["", "?", "! ", "? a", "!! a b", "1 2 3"]) one.Hear(line);
    }

    [Fact]
    public async Task What_does_not_fit_into_a_line_is_not_told()
    {
        var one = Node();
        Node("7", new string('x', Neighbours.MostText + 1));
        await NobodyTells(one.Ask("7", Ct));
        Node("7", new string('x', Neighbours.MostText));
        Assert.Equal(Neighbours.MostText, (await one.Ask("7", Ct))!.Length);
    }

    [Fact]
    public async Task Where_there_are_no_others_nobody_is_asked_and_nobody_waits()
    {
        var alone = new Neighbours(_clock) { Knows = _ => "seven" };
        Assert.True(alone.Ask("7", Ct).IsCompletedSuccessfully);
        Assert.Null(await alone.Ask("7", Ct));
        alone.Hear("? a 7");
    }

    // Whoever hears the question has heard it, and only then the time passes.
    private async Task NobodyTells(Task<string?> asked)
    {
        while (!Volatile.Read(ref _heard).IsCompleted) await _heard;
        _clock.Pass(Patience - Instant);
        Assert.False(asked.IsCompleted);
        _clock.Pass(Instant);
        Assert.Null(await asked);
    }

    private Neighbours Node(string? key = null, string? text = null)
    {
        var node = new Neighbours(_clock) { Knows = asked => asked == key ? text : null };
        node.Say = line =>
        {
            lock (_lines)
            {
                _lines.Add(line);
                _heard = Task.WhenAll(_heard, Task.Run(() => Array.ForEach(_nodes.ToArray(), each => each.Hear(line)), Ct));
            }
        };
        _nodes.Add(node);
        return node;
    }
}
