using Gapura.Accounts;
using Gapura.Audit;
using Gapura.Kernel;
using Gapura.OpenId.Pages;
using Gapura.Platforms;
using Gapura.Sessions;

namespace Gapura.OpenId.Connected;

/// <summary>Tells a person which platforms know them, and which were told their tax number.</summary>
internal sealed class PlatformPages(PageAnswers pages, ConnectedPlatforms connected, NpwpReleases releases, AuditLog audit, PlatformRegister platforms)
{
    public async Task<IResult> Show(HttpContext context, BrowserSession session, bool isDone, CancellationToken ct)
    {
        var language = pages.LanguageOf(context);
        var all = await connected.Of(session.Account.Id, ct);
        var told = await releases.Of(session.Account.Id, ct);
        var lastSignIns = await audit.LastSignIns(session.Account.Id, ct);
        var names = (await platforms.Names(ct)).ToDictionary(p => p.ClientId, StringComparer.Ordinal);
        return pages.Show<ConnectedPage>(context, language, ConnectedEndpoints.Address, inPopup: false, 200, new()
        {
            ["Connected"] = all.Select(Card).ToArray(),
            ["Readers"] = Readers(told, language, clientId => Shown(names[clientId])),
            ["TakeBackAction"] = ConnectedEndpoints.TakeBackAddress, ["IsDone"] = isDone,
        });

        ConnectedCard Card(ConnectedPlatform p) => new(
            p.ClientId, Shown(names[p.ClientId]), p.Since, lastSignIns.TryGetValue(p.ClientId, out var at) ? at : null, p.MayKnow, p.StaysConnected, PlatformLink.Of(names[p.ClientId].Client));
    }

    /// <summary>A platform once, whoever was told last first.</summary>
    private static NpwpReader[] Readers(IReadOnlyList<NpwpRelease> all, Language language, Func<string, AskingPlatform> shown) =>
        [.. all.GroupBy(r => r.ClientId, (clientId, ways) => new NpwpReader(shown(clientId), [.. ways.Select(w => new NpwpTold(ConnectedTexts.Way(w.Way).In(language), w.First, w.Last))]))];

    private static AskingPlatform Shown(Platform p) => new(p.Name, p.Company, p.Domain.Host);
}
