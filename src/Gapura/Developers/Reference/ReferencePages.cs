using System.Collections.Frozen;
using System.Text;
using Gapura.Developers.Reference.Pages;
using Gapura.Developers.Reference.Reading;
using Gapura.Kernel;
using Gapura.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Gapura.Developers.Reference;

/// <summary>The reference as pages: those of a language are rendered when somebody first asks for one, and from then on only sent.</summary>
internal sealed class ReferencePages
{
    public const string Overview = "";
    private const string Errors = "errors";

    // No script, no form, nothing from elsewhere.
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    private readonly ReferenceFile _file;
    private readonly ReferenceOptions _options;
    private readonly SessionsOptions _sessions;
    private readonly PageAnswers _answers;
    private readonly IServiceProvider _services;
    private readonly ILoggerFactory _logs;
    private readonly FrozenDictionary<Language, Lazy<Task<FrozenDictionary<string, PreparedAnswer>>>> _rendered;

    public ReferencePages(ReferenceFile file, ReferenceOptions options, SessionsOptions sessions, PageAnswers answers, IServiceProvider services, ILoggerFactory logs)
    {
        (_file, _options, _sessions, _answers, _services, _logs) = (file, options, sessions, answers, services, logs);
        _rendered = Enum.GetValues<Language>().ToFrozenDictionary(l => l, l => new Lazy<Task<FrozenDictionary<string, PreparedAnswer>>>(() => Render(l)));
    }

    /// <param name="section">A chapter, <c>errors</c>, or <see cref="Overview"/>.</param>
    public async Task<IResult> Answer(HttpContext context, string section)
    {
        var language = _answers.LanguageOf(context);
        if (!(await _rendered[language].Value).TryGetValue(section, out var page)) return NothingHere(context);
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept-Language, Cookie";
        headers.ContentLanguage = language.Tag();
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return page.To(context);
    }

    private IResult NothingHere(HttpContext context) => PageAnswers.WantsPage(context)
        ? _answers.Notice(context, Sessions.Pages.Notices.NotFound, Kernel.Refusals.NotFound.Status, inPopup: false, Kernel.Refusals.NotFound.English)
        : Kernel.Refusals.NotFound.AsCode();

    private async Task<FrozenDictionary<string, PreparedAnswer>> Render(Language language)
    {
        var document = _file.Document;
        var chapters = Chapters.Of(document, language);
        var pages = new Dictionary<string, PreparedAnswer>(StringComparer.Ordinal)
        {
            [Overview] = await Render<OverviewPage>(language, Overview, chapters),
            [Errors] = await Render<ErrorsPage>(language, Errors, chapters),
        };
        foreach (var chapter in chapters) pages.Add(chapter.Id, await Render<ChapterPage>(language, chapter.Id, chapters));
        return pages.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private async Task<PreparedAnswer> Render<TPage>(Language language, string section, IReadOnlyList<Chapter> chapters)
        where TPage : ReferencePage
    {
        var address = section.Length == 0 ? "/docs" : $"/docs/{section}";
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            ["Language"] = language, ["Nonce"] = "", ["Brand"] = _sessions.Brand, ["Chapters"] = chapters, ["Current"] = section, ["Issuer"] = _options.Issuer,
            ["Switch"] = Enum.GetValues<Language>().ToDictionary(l => l, l => $"{address}?ui_locales={l.Tag()}"),
            ["Description"] = _file.Document["info"]!["description"]!.GetValue<string>(), ["Proofs"] = Proofs(language), ["Refusals"] = All(language),
        });
        await using var renderer = new HtmlRenderer(_services, _logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(parameters)).ToHtmlString());
        return new PreparedAnswer("text/html; charset=utf-8", Encoding.UTF8.GetBytes(html));
    }

    private List<Proof> Proofs(Language language) =>
        [.. _file.Document["components"]!["securitySchemes"]!.AsObject().Select(s => new Proof(s.Key, s.Value![language == Language.Bahasa ? "x-id" : "description"]!.GetValue<string>()))];

    private static List<No> All(Language language) => [.. Kernel.Refusals.All.Select(r => new No(r.Code, r.Status, r.In(language), r.Mend)).OrderBy(n => n.Code, StringComparer.Ordinal)];
}
