namespace Gapura.Platforms;

/// <summary>The words a client's registration may use, each as its standard spells it.</summary>
internal static class ClientWords
{
    public const string AuthorizationCode = "authorization_code";
    public const string RefreshToken = "refresh_token";
    public const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";
    public const string Ciba = "urn:openid:params:grant-type:ciba";
    public const string Pairwise = "pairwise";

    /// <summary><c>token_endpoint_auth_method</c>: RFC 7591 section 2, OpenID Connect Core 1.0 section 9, RFC 8705 section 2.</summary>
    public static IReadOnlyList<string> AuthenticationMethods { get; } =
        ["client_secret_basic", "client_secret_post", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth", "none"];

    public static IReadOnlyList<string> IdTokenAlgorithms { get; } = ["RS256", "ES256"];

    public static IReadOnlyList<string> SubjectTypes { get; } = ["public", Pairwise];

    public static IReadOnlyList<string> GrantTypes { get; } =
        [AuthorizationCode, RefreshToken, "client_credentials", DeviceCode, "urn:ietf:params:oauth:grant-type:token-exchange", Ciba];

    /// <summary>CIBA section 4.</summary>
    public static IReadOnlyList<string> BackChannelDeliveries { get; } = ["poll", "ping", "push"];

    /// <summary>Ours: <see cref="ClientSettings.Quirks"/>.</summary>
    public static IReadOnlyList<string> Quirks { get; } = ["no-grant-type", "query-parameters", "server-made-keys"];
}
