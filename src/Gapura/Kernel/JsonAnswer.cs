using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Gapura.Kernel;

/// <summary>
/// 200 with a JSON body, byte for byte what <c>Results.Json</c> sends. That one flushes and then ends the answer, which is
/// two calls of the kernel; this one leaves what it wrote to the end.
/// </summary>
internal sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, new JsonWriterOptions { Encoder = type.Options.Encoder, SkipValidation = true });
        JsonSerializer.Serialize(json, value, type);
        return Task.CompletedTask;
    }
}
