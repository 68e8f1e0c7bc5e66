namespace Gapura.Platforms;

/// <summary>What a platform may and must, as words in one column, so that a new one needs no new column.</summary>
internal static class PlatformPolicies
{
    private const string ResourceApi = "resource-api";
    private const string OAuthOnly = "oauth-only";
    private const string Confirm = "confirm";
    private const string TypeCode = "type-code";
    public const string Sandbox = "sandbox";

    public static string Write(bool isResourceApi, PhonePolicy phone, bool isOAuthOnly, bool isSandbox) =>
        string.Join(' ', new[] { isResourceApi ? ResourceApi : "", Word(phone), isOAuthOnly ? OAuthOnly : "", isSandbox ? Sandbox : "" }.Where(w => w.Length > 0));

    public static bool IsSandbox(string policies) => policies.Split(' ').Contains(Sandbox);

    public static string WithoutSandbox(string policies) => string.Join(' ', policies.Split(' ').Where(w => w != Sandbox));

    public static bool IsOAuthOnly(string policies) => policies.Split(' ').Contains(OAuthOnly);

    public static bool IsResourceApi(string policies) => policies.Split(' ').Contains(ResourceApi);

    public static PhonePolicy PhonePolicy(string policies) =>
        policies.Split(' ').Contains(TypeCode) ? Platforms.PhonePolicy.TypeCode
        : policies.Split(' ').Contains(Confirm) ? Platforms.PhonePolicy.Confirm
        : Platforms.PhonePolicy.Documented;

    public static IEnumerable<string> Names => Enum.GetValues<PhonePolicy>().Select(Name);

    public static PhonePolicy Read(string name) => Enum.GetValues<PhonePolicy>().First(p => Name(p) == name);

    /// <summary>The word operators write and read: <c>documented</c>, <c>confirm</c>, <c>type-code</c>.</summary>
    public static string Name(PhonePolicy policy) => Word(policy) is { Length: > 0 } word ? word : "documented";

    private static string Word(PhonePolicy policy) => policy switch
    {
        Platforms.PhonePolicy.Confirm => Confirm,
        Platforms.PhonePolicy.TypeCode => TypeCode,
        _ => "",
    };
}
