using System.Globalization;
using System.Net;
using Gapura.Accounts;
using Gapura.Developers.Refusals.Pages;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Sessions.Pages;
using Gapura.Storage;
using Gapura.Tokens;

namespace Gapura.Developers.Refusals;

/// <summary>The pages for developers. A platform shows its API key in a form, never in an address, and reads what it was refused.</summary>
internal static class DeveloperPages
{
    public const string Address = "/developers";
    public const string RefusalsAddress = "/developers/refusals";

    private const int LongestKey = 512;

    public static IResult Start(HttpContext context, PageAnswers answers, TokenOptions tokens, ApiKeyHeaders headers) =>
        answers.Show<DevelopersPage>(context, answers.LanguageOf(context), Address, inPopup: false, 200, new() { ["Issuer"] = tokens.Issuer.Text, ["KeyHeader"] = headers.Names[0], ["SandboxAudience"] = tokens.SandboxAudience });

    public static IResult Ask(HttpContext context, PageAnswers answers) => Form(context, answers, answers.LanguageOf(context), no: null);

    public static async Task<IResult> Show(HttpContext context, PageAnswers answers, SessionsOptions options, ApiKeys apiKeys, Failures failures, Database database, RefusedRequests requests, CancellationToken ct)
    {
        var (fields, _) = await RequestFields.Read(context.Request, ct);
        if (fields is null || !OwnForms.IsOwn(context, options, hasCookie: false)) return answers.Notice(context, Notices.ForeignForm, 403, inPopup: false);
        var language = answers.LanguageOf(context, fields["ui_locales"]);

        // Counted before it is tried, as a password is: a key of another system may be short.
        var throttles = Throttles.ForShownKey(context.Connection.RemoteIpAddress ?? IPAddress.None);
        if (await failures.Count(throttles, ct) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Form(context, answers, language, Kernel.Refusals.TooManyAttempts);
        }

        if (fields.Text("apiKey", 1, LongestKey) is not { } shown || apiKeys.Verify(shown.Trim()) is not { Platform: var platform }) return Form(context, answers, language, Kernel.Refusals.ApiKeyNotValid);
        await database.Write(sql => failures.TakeBack(sql, throttles), ct);

        // What waits here to be written is there at once: who looks has just been refused.
        await requests.Flush(ct);
        var refused = await requests.Of(platform.ClientId, ct);
        return answers.Show<RefusalsPage>(context, language, address: null, inPopup: false, 200, new()
        {
            ["Platform"] = platform.Name, ["ClientId"] = platform.ClientId, ["IsSandbox"] = platform.IsSandbox, ["Refused"] = refused.Select(r => ShownRefusal.Of(r, language)).ToArray(),
        });
    }

    private static IResult Form(HttpContext context, PageAnswers answers, Language language, Refusal? no) =>
        answers.Show<ShowKeyPage>(context, language, RefusalsAddress, inPopup: false, no?.Status ?? 200, new() { ["Error"] = no?.In(language) });
}
