using System.Text.Json;
using Gapura.Kernel;
using Gapura.Platforms;
using Gapura.Tokens;

namespace Gapura.OpenId.Clients;

/// <summary>Authorization requests that a platform signed (RFC 9101): nothing of them can be changed on the way through the browser.</summary>
internal sealed class RequestObjects(ClientKeys keys, TokenOptions options, TimeProvider time)
{
    private const int Longest = 16 * 1024;

    // What a JWT says of itself is no parameter of the request.
    private static readonly string[] OfTheText = ["iss", "aud", "exp", "nbf", "iat", "jti"];

    /// <param name="platform">Whom <c>client_id</c> beside it names.</param>
    /// <param name="text">The value of <c>request</c>.</param>
    /// <returns>Its parameters, an object or an array as JSON text, a number or a truth as JSON writes it; or why it is none.</returns>
    public async Task<(IReadOnlyDictionary<string, string>? Parameters, Refusal? Refusal)> Read(Platform platform, string text, CancellationToken ct)
    {
        // 1. read_request
        if (SignedText.Read(text, Longest) is not { } request) return No("It is not a signed JWT.");
        if (request.Type is not (null or "jwt" or "oauth-authz-req+jwt")) return No("typ must be oauth-authz-req+jwt.");

        // 2. check_signature
        if (!await keys.Verify(platform, request, ct)) return No($"It is not signed with a key of the client's and {string.Join(", ", AcceptedAlgorithms.Of(platform))}.");

        // 3. check_claims
        if (RequestObjectRules.Problem(request.Claims, platform, options.Issuer.Text, time.GetUtcNow()) is { } problem) return No(problem);

        // 4. read_parameters
        Dictionary<string, string> parameters = new(StringComparer.Ordinal);
        foreach (var member in request.Claims.Root.EnumerateObject().Where(m => !OfTheText.Contains(m.Name)))
        {
            if ((member.Value.ValueKind == JsonValueKind.String ? request.Claims.Text(member.Name) : member.Value.ValueKind == JsonValueKind.Null ? null : member.Value.GetRawText()) is not { } value) return No($"{member.Name} has no value.");
            parameters[member.Name] = value;
        }

        return (parameters, null);
    }

    private static (IReadOnlyDictionary<string, string>?, Refusal?) No(string because) => (null, Refusals.InvalidRequestObject.Because($"request: {because}"));
}
