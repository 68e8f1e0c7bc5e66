using Microsoft.AspNetCore.Http;

namespace Gapura.Client.Tokens;

/// <summary>The answers of an API that does not let somebody in (RFC 6750 section 3, RFC 9449 section 7.1), in the header and in the body.</summary>
internal static class Challenges
{
    private const string Bearer = "Bearer realm=\"Gapura\"";
    private const string Dpop = $"DPoP algs=\"{DpopProofs.Algorithms}\"";

    /// <summary>No token, no error to tell: only how one is shown.</summary>
    public static Task Ask(HttpResponse response) => Write(response, StatusCodes.Status401Unauthorized, [Bearer, Dpop], "invalid_token", "Show an access token: Authorization: Bearer …, or DPoP with a proof.");

    public static Task Refuse(HttpResponse response, TokenRefusedException refused) => Write(response, StatusCodes.Status401Unauthorized, [With(refused.IsProven, refused.Code, refused.Message)], refused.Code, refused.Message);

    public static Task Forbidden(HttpResponse response, bool isProven)
    {
        const string sentence = "The access token was not given for this.";
        return Write(response, StatusCodes.Status403Forbidden, [With(isProven, "insufficient_scope", sentence)], "insufficient_scope", sentence);
    }

    /// <summary>Nobody can say what the token is worth: that is not the token's fault.</summary>
    public static Task Unavailable(HttpResponse response)
    {
        response.Headers.RetryAfter = "5";
        return Write(response, StatusCodes.Status503ServiceUnavailable, [], "temporarily_unavailable", "The sign-in server cannot be asked at the moment. Try again.");
    }

    private static string With(bool isProven, string code, string sentence)
    {
        var error = $"error=\"{code}\", error_description=\"{sentence.Replace('"', '\'').Replace('\\', '/')}\"";
        return isProven ? $"DPoP {error}, algs=\"{DpopProofs.Algorithms}\"" : $"{Bearer}, {error}";
    }

    private static Task Write(HttpResponse response, int status, string[] challenges, string code, string sentence)
    {
        response.StatusCode = status;
        if (challenges.Length > 0) response.Headers.WWWAuthenticate = new([.. response.Headers.WWWAuthenticate, .. challenges]);
        response.Headers.CacheControl = "no-store";
        return response.HasStarted ? Task.CompletedTask : response.WriteAsJsonAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["error"] = code, ["error_description"] = sentence });
    }
}
