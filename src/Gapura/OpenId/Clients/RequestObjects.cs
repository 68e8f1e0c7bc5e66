using Gapura.Kernel;
using Gapura.Platforms;

namespace Gapura.OpenId.Clients;

internal sealed class RequestObjects
{
    public Task<(IReadOnlyDictionary<string, string>? Parameters, Refusal? Refusal)> Read(Platform platform, string jwt, CancellationToken ct) =>
        Task.FromResult(((IReadOnlyDictionary<string, string>?)null, (Refusal?)Refusals.RequestNotSupported));
}
