using Gapura.OpenId.Authorization;
using Gapura.OpenId.Exchange;
using Gapura.Sessions;

namespace Gapura.OpenId.Ciba;

/// <summary>A request as stored.</summary>
internal sealed class BackChannelRow
{
    public const string Columns = """
        id AS Id, client_id AS ClientId, account_id AS AccountId, scope AS Scope, acr_values AS Context, binding_message AS BindingMessage, opened_at AS OpenedAt,
        expires_at AS ExpiresAt, delivery AS Delivery, state AS State, grant_id AS GrantId, device_id AS DeviceId, decided_at AS DecidedAt, hash AS Hash, callback AS Callback,
        payload AS Payload, call_tries AS Tries
        """;

    public string Id { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string? AccountId { get; init; }

    public string Scope { get; init; } = "";

    public string Context { get; init; } = "";

    public string? BindingMessage { get; init; }

    public long OpenedAt { get; init; }

    public long ExpiresAt { get; init; }

    public string Delivery { get; init; } = "";

    /// <summary><c>waiting</c>, <c>approved</c>, <c>denied</c>, <c>collected</c>, and <c>expired</c> where that was pushed.</summary>
    public string State { get; init; } = "";

    public string? GrantId { get; init; }

    public string? DeviceId { get; init; }

    public long? DecidedAt { get; init; }

    public byte[] Hash { get; init; } = [];

    /// <summary>Sealed: what we call the platform with.</summary>
    public byte[]? Callback { get; init; }

    /// <summary>Sealed: the tokens on their way, the same at every try.</summary>
    public byte[]? Payload { get; init; }

    public long Tries { get; init; }

    public BackChannelRequest Request() => new()
    {
        Id = Id, ClientId = ClientId, AccountId = AccountId, Scope = Scope.Split(' '), Context = Words(Context), BindingMessage = BindingMessage,
        OpenedAt = DateTimeOffset.FromUnixTimeMilliseconds(OpenedAt), ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt), Delivery = Enum.Parse<Delivery>(Delivery),
    };

    /// <summary>A phone approved, just then: nothing was asked for that it could not reach, so the nearest is told.</summary>
    public SignInProof Proof()
    {
        var methods = SignInMethods.Of(DeviceId);
        return new SignInProof(DateTimeOffset.FromUnixTimeMilliseconds(DecidedAt!.Value), methods, Acr.Reached(methods, Words(Context)) ?? Acr.Of(methods), Nonce: null);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
