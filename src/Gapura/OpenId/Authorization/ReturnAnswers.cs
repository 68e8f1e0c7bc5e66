using Gapura.Kernel;
using Gapura.OpenId.Pages;
using Gapura.Platforms;
using Gapura.Sessions;
using Gapura.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Gapura.OpenId.Authorization;

/// <summary>Hands an answer to the platform at its registered address, in the way it asked for (<c>response_mode</c>).</summary>
internal sealed class ReturnAnswers(PageAnswers pages, TokenOptions options)
{
    public IResult Code(HttpContext context, AnswerTarget target, Secret code) => Return(context, target, new() { ["code"] = code.Reveal(), ["state"] = target.State });

    public IResult No(HttpContext context, AnswerTarget target, Refusal refusal) =>
        new RefusalResult(refusal, Return(context, target, new() { ["error"] = refusal.Code, ["error_description"] = refusal.English, ["state"] = target.State }));

    // iss tells a client with several servers whose answer this is (RFC 9207).
    private IResult Return(HttpContext context, AnswerTarget target, Dictionary<string, string?> answer)
    {
        if (target.SaysIssuer) answer["iss"] = options.Issuer.Text;
        var said = answer.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value!, StringComparer.Ordinal);
        if (target.Mode == ResponseMode.Query)
        {
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            return AuthorizationAnswers.SeeOther(context, QueryHelpers.AddQueryString(target.RedirectUri, said!));
        }

        var language = pages.LanguageOf(context);
        var origin = RedirectUris.OriginOf(target.RedirectUri)!;
        return target.Mode == ResponseMode.FormPost
            ? pages.Show<FormPostPage>(context, language, address: null, inPopup: true, 200, new() { ["Action"] = target.RedirectUri, ["Answer"] = said }, formTarget: origin)
            : pages.Show<WebMessagePage>(context, language, address: null, inPopup: true, 200, new() { ["Origin"] = origin.Text, ["Answer"] = said }, framedBy: origin);
    }
}
