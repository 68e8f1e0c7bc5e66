using System.Security.Cryptography;
using System.Text.Json;
using Gapura.Protocol.Signatures;
using Xunit;

namespace Gapura.Protocol.Tests.Signatures;

/// <summary>The public vectors of Project Wycheproof for ECDSA on secp256k1 with SHA-256: 476 signatures, none "acceptable".</summary>
public sealed class WycheproofTests
{
    private static readonly Dictionary<int, Vector> Vectors = Load();

    public static TheoryData<int> Ids => [.. Vectors.Keys];

    [Fact]
    public void The_file_has_all_vectors_and_none_leaves_the_answer_open()
    {
        Assert.Equal(476, Vectors.Count);
        Assert.All(Vectors.Values, vector => Assert.True(vector.Result is "valid" or "invalid", vector.Result));
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_managed_verifier_answers_as_published(int id) => AnswersAsPublished(Verifiers.Managed, id);

    [Theory, MemberData(nameof(Ids))]
    public void The_native_verifier_answers_as_published(int id) => AnswersAsPublished(Verifiers.NativeOrSkip(), id);

    private static void AnswersAsPublished(ISignatureVerifier verifier, int id)
    {
        var vector = Vectors[id];
        Assert.True(DevicePublicKey.TryParse(vector.Key, out var key));
        var hash = SHA256.HashData(Convert.FromHexString(vector.Message));
        var answer = verifier.Verify(key, hash, Convert.FromHexString(vector.Signature));
        Assert.True(answer == (vector.Result == "valid"), $"{id}, {vector.Comment}: published as {vector.Result}");
    }

    private static Dictionary<int, Vector> Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "vectors", "ecdsa_secp256k1_sha256_test.json");
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        return (
            from testGroup in file.RootElement.GetProperty("testGroups").EnumerateArray()
            let key = testGroup.GetProperty("publicKey").GetProperty("uncompressed").GetString()
            from test in testGroup.GetProperty("tests").EnumerateArray()
            select new Vector(
                test.GetProperty("tcId").GetInt32(),
                key,
                test.GetProperty("msg").GetString()!,
                test.GetProperty("sig").GetString()!,
                test.GetProperty("result").GetString()!,
                test.GetProperty("comment").GetString()!)).ToDictionary(vector => vector.Id);
    }

    private sealed record Vector(int Id, string Key, string Message, string Signature, string Result, string Comment);
}
