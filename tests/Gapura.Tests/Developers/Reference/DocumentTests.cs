using System.Text.Json.Nodes;
using Xunit;

namespace Gapura.Tests.Developers.Reference;

/// <summary>What is written in the document, held to itself; and how it is served.</summary>
public sealed class DocumentTests(GapuraServer server) : IClassFixture<GapuraServer>
{
    private static Documented Documented => Documented.Usual;

    [Fact]
    public async Task It_is_served_to_every_page_with_this_installations_own_address_and_a_name()
    {
        var reply = (await server.Get("/openapi.json")).IsOk();
        Assert.Equal(("*", "application/json; charset=utf-8"), (reply["Access-Control-Allow-Origin"], reply["Content-Type"]));
        Assert.Equal(server.Issuer, reply.Json.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.Equal("3.1.0", reply.Json.GetProperty("openapi").GetString());
        Assert.DoesNotContain("id.example.go.id", reply.Text, StringComparison.Ordinal);
        var again = await server.Get("/openapi.json", ("If-None-Match", reply["ETag"]!));
        Assert.Equal((304, 0), (again.Status, again.Body.Length));
        var small = (await server.Get("/openapi.json", ("Accept-Encoding", "gzip, br"))).IsOk();
        Assert.Equal("br", small["Content-Encoding"]);
        Assert.NotEqual(reply["ETag"], small["ETag"]);
        Assert.InRange(small.Body.Length, 1, 60_000);
    }

    [Fact]
    public void The_two_doors_come_first() =>
        Assert.Equal(["seamless-login", "qrauth"], Documented.Document["tags"]!.AsArray().Take(2).Select(t => t!["name"]!.GetValue<string>()));

    [Fact]
    public void Every_operation_has_a_name_of_its_own_a_chapter_and_a_summary_in_both_languages()
    {
        var chapters = Documented.Document["tags"]!.AsArray().Select(t => t!["name"]!.GetValue<string>()).ToList();
        Assert.Equal(Documented.Operations.Count, Documented.Operations.Select(o => o.Operation["operationId"]!.GetValue<string>()).Distinct().Count());
        Assert.All(Documented.Operations, o =>
        {
            Assert.Contains(Assert.Single(o.Operation["tags"]!.AsArray())!.GetValue<string>(), chapters);
            Assert.NotEmpty(o.Operation["summary"]!.GetValue<string>());
            Assert.NotEmpty(o.Operation["x-id"]!.GetValue<string>());
            Assert.NotNull(o.Operation["security"] ?? o.Operation["x-shown"]);
        });
    }

    [Fact]
    public void Every_example_is_of_its_own_schema()
    {
        var faults = new List<string>();
        var count = 0;
        foreach (var (where, media) in Media(Documented.Document, "#"))
        {
            foreach (var example in Examples(media))
            {
                count++;
                faults.AddRange(Documented.Schemas.Faults(example, media["schema"]!).Select(f => $"{where} {f}"));
            }
        }

        Assert.Equal([], faults);
        Assert.InRange(count, 150, 2000);
    }

    [Fact]
    public void The_documented_sample_of_QRAuth_is_there_byte_for_byte_with_its_last_comma()
    {
        var sample = Documented.Document["paths"]!["/v1/authenticate"]!["post"]!["requestBody"]!["content"]!["application/json"]!["x-text"]!.GetValue<string>();
        Assert.EndsWith("\"nonce\": \"XZSZPSA6yBVqfKj8fCgO2WZDamSQPPhS\",\n}", sample, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documented_sample_is_read_to_its_end() =>
        (await server.Post("/v1/authenticate", Documented.Document["paths"]!["/v1/authenticate"]!["post"]!["requestBody"]!["content"]!["application/json"]!["x-text"]!.GetValue<string>())).IsRefused("invalid_session");

    /// <summary>Required is what the server misses: each example is sent without each of its required fields.</summary>
    [Fact]
    public async Task What_is_called_required_is_missed()
    {
        var missed = 0;
        foreach (var (method, path, operation) in Documented.Operations.Where(o => o.Path is "/v1/qrAuth" or "/v1/authenticate" || (o.Path.StartsWith("/v1/qrAuth/", StringComparison.Ordinal) && o.Method == "POST")))
        {
            var body = operation["requestBody"]!["content"]!["application/json"]!.AsObject();
            foreach (var name in Documented.Schemas.Resolved(body["schema"]!)["required"]!.AsArray().Select(n => n!.GetValue<string>()))
            {
                var example = Examples(body).First().DeepClone().AsObject();
                example.Remove(name);
                var reply = (await server.Post(path, example.ToJsonString())).IsRefused("invalid_request");
                Assert.StartsWith(name, reply.Json.GetProperty("error_description").GetString(), StringComparison.Ordinal);
                missed++;
            }
        }

        Assert.InRange(missed, 15, 40);
    }

    private static IEnumerable<JsonNode> Examples(JsonObject media) =>
        media["example"] is { } one ? [one] : (media["examples"]?.AsObject() ?? []).Select(e => e.Value!["value"]!);

    // Everything that has a schema and examples beside it.
    private static IEnumerable<(string Where, JsonObject Media)> Media(JsonNode node, string where)
    {
        if (node is JsonObject media && media["schema"] is JsonObject && (media["example"] ?? media["examples"]) is not null && media["in"] is null) yield return (where, media);
        IEnumerable<(string Name, JsonNode? Value)> inside = node switch { JsonObject o => o.Select(p => (p.Key, p.Value)), JsonArray a => a.Index().Select(i => (i.Index.ToString(), i.Item)), _ => [] };
        foreach (var (name, value) in inside)
            if (value is not null)
                foreach (var found in Media(value, $"{where}/{name}")) yield return found;
    }
}
