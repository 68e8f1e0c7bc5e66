using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Gapura.Client.Tokens;

/// <summary>Who calls, by the access token of the header. Steps are numbered; the first that says no is told to the caller.</summary>
internal sealed partial class TokenHandler(IOptionsMonitor<GapuraTokenOptions> options, ILoggerFactory logger, UrlEncoder encoder, DpopProofs proofs)
    : AuthenticationHandler<GapuraTokenOptions>(options, logger, encoder)
{
    private TokenServer Server => Options.Server!;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // 1. read_header: never from an address, which is kept in logs (RFC 6750 section 2.3).
        if (Request.Headers.Authorization is not [{ } header]) return Request.Headers.Authorization.Count == 0 ? AuthenticateResult.NoResult() : No("There must be one Authorization header.");
        var isProven = header.StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase);
        if (!isProven && !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var text = header[(header.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim();

        try
        {
            // 2. check_token
            var (token, problem) = await Server.Check.Read(text, TokenKind.Access, Options.Audience, Options.ClockSkew, Context.RequestAborted);
            if (token is null) return No("The access token is not valid. " + problem);

            // 3. check_sender
            if (await Sender(token, text, isProven) is { } unproven) return unproven;

            // 4. introspect
            var told = Options.Introspect.Asks(TimeProvider.GetUtcNow() - At(token.IssuedAt)) ? await Server.Client.IntrospectAsync(text, Context.RequestAborted) : null;
            return told is { IsActive: false } ? No("The access token was revoked, or is not for this API.") : Yes(token, text, told);
        }
        catch (GapuraException e)
        {
            LogUnavailable(Logger, e);
            return AuthenticateResult.Fail(e);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Answer();

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Challenges.Forbidden(Response, Request.Headers.Authorization.ToString().StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase));

    private async Task Answer()
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        await (failure switch
        {
            null => Challenges.Ask(Response),
            TokenRefusedException refused => Challenges.Refuse(Response, refused),
            _ => Challenges.Unavailable(Response),
        });
    }

    private async Task<AuthenticateResult?> Sender(JsonWebToken token, string text, bool isProven)
    {
        var sender = SenderKey.Of(token);
        if (sender is null) return isProven ? No("The access token is not bound to a key: show it as Bearer.", isProven) : null;
        if (sender.Method == SenderKey.Dpop)
        {
            if (!isProven) return No("The access token is bound to a key: show it as DPoP, with a proof.", isProven: true);
            return await proofs.Problem(Request, Here(), text, sender.Thumbprint) is { } problem ? No(problem, isProven, "invalid_dpop_proof") : null;
        }

        if (isProven || sender.Method != SenderKey.Certificate) return No("The access token is bound in a way that is not understood here.", isProven);
        return SenderKey.OfCertificate(await Context.Connection.GetClientCertificateAsync(Context.RequestAborted)) == sender.Thumbprint ? null : No("The access token is bound to a certificate: connect with it.");
    }

    private AuthenticateResult Yes(JsonWebToken token, string text, Introspection? told)
    {
        var properties = new AuthenticationProperties { ExpiresUtc = At(token.ValidTo) };
        properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = text }]);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(Callers.Of(token, told, Scheme.Name)), properties, Scheme.Name));
    }

    private AuthenticateResult No(string sentence, bool? isProven = null, string code = "invalid_token")
    {
        LogRefused(Logger, sentence);
        return AuthenticateResult.Fail(new TokenRefusedException(code, sentence, isProven ?? Request.Headers.Authorization.ToString().StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase)));
    }

    // The library reads times as UTC, and as the first of all days where there is none.
    private static DateTimeOffset At(DateTime utc) => new(utc, TimeSpan.Zero);

    private Uri Here() => new((Options.PublicOrigin.Length > 0 ? Options.PublicOrigin.TrimEnd('/') : $"{Request.Scheme}://{Request.Host.ToUriComponent()}") + Request.PathBase.Add(Request.Path).ToUriComponent());

    [LoggerMessage(Level = LogLevel.Information, Message = "A token was refused: {Sentence}")]
    private static partial void LogRefused(ILogger logger, string sentence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sign-in server could not be asked; the request is answered 503.")]
    private static partial void LogUnavailable(ILogger logger, Exception exception);
}

/// <summary>A token that is not accepted, in words for whoever showed it.</summary>
internal sealed class TokenRefusedException(string code, string sentence, bool isProven) : Exception(sentence)
{
    public string Code { get; } = code;

    /// <summary>Under which scheme the answer is: DPoP, or Bearer.</summary>
    public bool IsProven { get; } = isProven;
}
