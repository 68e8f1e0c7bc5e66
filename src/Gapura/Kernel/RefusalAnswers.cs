using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gapura.Kernel;

/// <summary>How a refusal travels: two forms on the wire, one for each family of documents.</summary>
internal static class RefusalAnswers
{
    /// <summary><c>{"error":"code","error_description":"sentence"}</c>: QRAuth and everything of OAuth (RFC 6749 section 5.2).</summary>
    public static IResult AsCode(this Refusal refusal) =>
        new RefusalResult(refusal, Results.Json(new CodedError(refusal.Code, refusal.English), WireJson.Default.CodedError, statusCode: refusal.Status));

    /// <summary><c>{"error":"sentence"}</c>: seamless login.</summary>
    public static IResult AsSentence(this Refusal refusal) => new RefusalResult(refusal, refusal.AsBareSentence());

    /// <summary>As <see cref="AsSentence"/>, where another refusal than the one on the wire is the true one.</summary>
    public static IResult AsBareSentence(this Refusal refusal) =>
        Results.Json(new SentenceError(refusal.English), WireJson.Default.SentenceError, statusCode: refusal.Status);

    /// <summary>Any method but the allowed one, at these paths: 405 with <c>Allow</c> (RFC 9110 section 15.5.6).</summary>
    public static void RefuseOtherMethods(this IEndpointRouteBuilder routes, string method, params string[] paths)
    {
        foreach (var path in paths) routes.Map(path, Refuse);

        Task Refuse(HttpContext context)
        {
            context.Response.Headers.Allow = method;
            return Refusals.MethodNotAllowed.Because($"Only {method} is allowed here.").AsCode().ExecuteAsync(context);
        }
    }
}

internal sealed record CodedError([property: JsonPropertyName("error")] string Error, [property: JsonPropertyName("error_description")] string Description);

internal sealed record SentenceError([property: JsonPropertyName("error")] string Error);

[JsonSerializable(typeof(CodedError))]
[JsonSerializable(typeof(SentenceError))]
internal sealed partial class WireJsonContext : JsonSerializerContext;

/// <summary>JSON as our documents print it: a plus is a plus. Safe because it is only ever sent as application/json with nosniff.</summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static readonly WireJsonContext Default = new(new JsonSerializerOptions(Options));
}
