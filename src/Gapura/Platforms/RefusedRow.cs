namespace Gapura.Platforms;

/// <summary>A refused request as the store holds it.</summary>
internal sealed class RefusedRow
{
    public const string Select = """
        SELECT id AS Id, client_id AS ClientId, proof AS Proof, at AS At, times AS Times, method AS Method, path AS Path, status AS Status, code AS Code,
               sentence AS Sentence, why AS Why, parameters AS Parameters, origin AS Origin, trace AS Trace
        FROM refused_requests
        """;

    public string Id { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string Proof { get; init; } = "";

    public long At { get; init; }

    public long Times { get; init; }

    public string Method { get; init; } = "";

    public string Path { get; init; } = "";

    public long Status { get; init; }

    public string Code { get; init; } = "";

    public string Sentence { get; init; } = "";

    public string Why { get; init; } = "";

    public string Parameters { get; init; } = "";

    public string? Origin { get; init; }

    public string Trace { get; init; } = "";

    public static RefusedRow From(RefusedRequest r, string id) => new()
    {
        Id = id, ClientId = r.ClientId, Proof = r.Proof.ToString(), At = r.At.ToUnixTimeMilliseconds(), Times = r.Times, Method = r.Method, Path = r.Path, Status = r.Status,
        Code = r.Code, Sentence = r.Sentence, Why = r.Why.ToString(), Parameters = r.Parameters, Origin = r.Origin, Trace = r.Trace,
    };

    public RefusedRequest Request() => new()
    {
        ClientId = ClientId, Proof = Enum.Parse<RefusedProof>(Proof), At = DateTimeOffset.FromUnixTimeMilliseconds(At), Times = (int)Times, Method = Method, Path = Path, Status = (int)Status,
        Code = Code, Sentence = Sentence, Why = Enum.Parse<RefusedWhy>(Why), Parameters = Parameters, Origin = Origin, Trace = Trace,
    };
}
