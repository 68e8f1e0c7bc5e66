using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Gapura.Browser.Tests.World;

/// <summary>Who sits at the browser.</summary>
/// <param name="Language"><c>id</c> or <c>en</c>: what the browser asks pages for.</param>
public sealed record Comes(string Language = "id", int Width = 1280, int Height = 800, bool Script = true);

/// <summary>
/// One person's browser: its own cookies, and a note of everything a page should not have done. An error on the console,
/// a broken content security policy or a request that leaves this machine fails the test, unless it was expected.
/// </summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _troubles = new();
    private readonly ConcurrentQueue<(string Method, string Path)> _requests = new();
    private readonly List<string> _expected = [];

    private Visitor(IBrowserContext context, TestWorld world) => (Context, World) = (context, world);

    public IBrowserContext Context { get; }

    public TestWorld World { get; }

    public string Language { get; private init; } = "id";

    public IEnumerable<string> Troubles => _troubles.Where(t => !_expected.Any(e => t.Contains(e, StringComparison.Ordinal)));

    public static Task<Visitor> EnterAsync(TestWorld world, Comes comes) => EnterAsync(world, comes, world.Browser);

    public static async Task<Visitor> EnterAsync(TestWorld world, Comes comes, IBrowser browser)
    {
        var context = await browser.NewContextAsync(new()
        {
            Locale = comes.Language == "id" ? "id-ID" : "en-GB",
            ViewportSize = new() { Width = comes.Width, Height = comes.Height },
            JavaScriptEnabled = comes.Script,
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Asia/Jakarta",
        });
        context.SetDefaultTimeout(20_000);
        var visitor = new Visitor(context, world) { Language = comes.Language };
        context.Console += (_, message) => visitor.Note(message);
        context.WebError += (_, error) => visitor._troubles.Enqueue($"script error: {error.Error}");
        context.Request += (_, request) => visitor.Note(request);
        return visitor;
    }

    /// <summary>Says beforehand what will be on the console, such as the status of a page that refuses.</summary>
    public void Expect(string trouble) => _expected.Add(trouble);

    public int Sent(string method, string path) => _requests.Count(r => r == (method, path));

    public async Task<IPage> GoAsync(string address)
    {
        var page = await Context.NewPageAsync();
        await page.GotoAsync(address);
        return page;
    }

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    private void Note(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning") _troubles.Enqueue($"console: {message.Text} ({message.Location})");
    }

    private void Note(IRequest request)
    {
        var uri = new Uri(request.Url);
        _requests.Enqueue((request.Method, uri.AbsolutePath));
        if (uri.Scheme is "data" or "blob" or "about") return;
        if (uri.Host is not ("localhost" or "127.0.0.1")) _troubles.Enqueue($"left this machine: {request.Url}");
    }
}
