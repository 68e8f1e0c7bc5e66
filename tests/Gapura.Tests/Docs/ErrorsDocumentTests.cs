using System.Text;
using Gapura.Kernel;
using Xunit;

namespace Gapura.Tests.Docs;

/// <summary>The document of errors is written from the list of refusals. GAPURA_TEST_WRITE=1 writes it anew.</summary>
public sealed class ErrorsDocumentTests
{
    [Fact]
    public void The_document_of_errors_is_the_list_of_refusals()
    {
        var path = Repository.Find("docs/errors.md");
        Assert.SkipWhen(path is null, "the sources are not beside the tests");
        if (Environment.GetEnvironmentVariable("GAPURA_TEST_WRITE") == "1") File.WriteAllText(path, Document());
        Assert.Equal(Document(), File.ReadAllText(path));
    }

    [Fact]
    public void A_code_means_one_thing() =>
        Assert.Equal(Refusals.All.Count, Refusals.All.Select(r => (r.Code, r.Status)).Distinct().Count());

    [Fact]
    public void Every_refusal_is_in_the_list()
    {
        var declared = typeof(Refusals).GetFields().Where(f => f.FieldType == typeof(Refusal)).Select(f => (Refusal)f.GetValue(null)!);
        Assert.Equal([.. declared.Select(r => r.Code).Order()], Refusals.All.Select(r => r.Code).Order());
    }

    private static string Document()
    {
        var text = new StringBuilder("""
            # Errors

            Every refusal of the server, from the one list in `src/Gapura/Kernel/Refusals.cs`; a test holds this page to it.

            QRAuth, devices and everything of OAuth answer `{"error":"<code>","error_description":"<sentence>"}`. Test the code: it
            is stable and never reused. The sentence is for people, and may name the parameter that is wrong. Seamless login
            answers as documented, `{"error":"<sentence>"}`, and browsers see the same status as a page; only
            `/seamlesslogin/collect` answers with a code, as OAuth does. A used, an expired, an unknown and a revoked thing look alike.


            """.ReplaceLineEndings("\n"));
        text.Append("| code | status | sentence | what to do |\n| --- | --- | --- | --- |\n");
        foreach (var refusal in Refusals.All)
            text.Append($"| `{refusal.Code}` | {refusal.Status} | {refusal.English}<br>{refusal.Bahasa} | {refusal.Mend} |\n");
        return text.ToString();
    }
}
