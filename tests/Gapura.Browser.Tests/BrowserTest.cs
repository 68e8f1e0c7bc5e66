using Gapura.Browser.Tests.World;
using Microsoft.Playwright;
using Xunit;

namespace Gapura.Browser.Tests;

/// <summary>A test in a real browser. Whatever its pages did wrong beside what it looks at fails it too.</summary>
[Collection("one after the other")]
public abstract class BrowserTest(TestWorld world) : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];
    private readonly List<IAsyncDisposable> _staying = [];

    protected TestWorld World { get; } = world;

    public ValueTask InitializeAsync()
    {
        NeedsOrSkips(Chromium.Missing);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _visitors) await visitor.DisposeAsync();
        foreach (var one in _staying) await one.DisposeAsync();
        Assert.Empty(_visitors.SelectMany(v => v.Troubles));
        GC.SuppressFinalize(this);
    }

    /// <param name="missing">What the test needs and does not have, or null.</param>
    protected static void NeedsOrSkips(string? missing)
    {
        if (missing is null) return;
        if (Environment.GetEnvironmentVariable("GAPURA_TEST_MUST") == "1") Assert.Fail(missing);
        Assert.Skip(missing);
    }

    /// <summary>A site that stays until everybody has left: a browser that still asks it for something would find it gone.</summary>
    protected T Stays<T>(T site)
        where T : IAsyncDisposable
    {
        _staying.Add(site);
        return site;
    }

    protected async Task<Visitor> EnterAsync(Comes? comes = null, IBrowser? browser = null)
    {
        var visitor = await Visitor.EnterAsync(World, comes ?? new Comes(), browser ?? World.Browser);
        _visitors.Add(visitor);
        return visitor;
    }
}
