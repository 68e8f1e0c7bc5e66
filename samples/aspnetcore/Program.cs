// A partner's site that signs people in with Gapura's button, and remembers them by a cookie.
// GAPURA_ISSUER, GAPURA_CLIENT_ID and GAPURA_API_KEY are what the operator gave you; PORT is yours.
using System.Security.Claims;
using System.Text.Encodings.Web;
using Gapura.Client;

var builder = WebApplication.CreateBuilder(args);
var port = builder.Configuration["PORT"] ?? "3000";
var origin = builder.Configuration["ORIGIN"] ?? $"http://localhost:{port}";
builder.WebHost.UseUrls($"http://localhost:{port}");

// The API key stays here: the page gets tickets from /gapura/ticket and brings its code to /gapura/callback.
builder.Services.AddGapuraSignIn();
builder.Services.AddAuthorization();

var app = builder.Build();
app.MapGapuraSignIn();
app.MapGet("/", (ClaimsPrincipal me, GapuraClient gapura) => Results.Content(Page(me, gapura.Issuer, origin), "text/html; charset=utf-8"));

// What only somebody who is signed in may do.
app.MapPost("/orders", (ClaimsPrincipal me) => new { orderedBy = me.Identity!.Name, npwp = me.FindFirstValue("npwp") }).RequireAuthorization();
app.Run();

static string Page(ClaimsPrincipal me, string issuer, string origin) => $"""
    <!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Truk Kita</title>
    <h1>Truk Kita</h1>
    {(me.Identity!.IsAuthenticated ? $"""
    <p id="who">{Text(me.Identity.Name)} ({Text(me.FindFirstValue("npwp"))})</p>
    <form method="post" action="/gapura/sign-out"><button>Keluar</button></form>
    """ : $"""
    <script src="{issuer}/sdk/gapura.js"></script><script src="/gapura/page.js"></script>
    <gapura-button issuer="{issuer}" ticket="/gapura/ticket" response="code" return-url="{origin}/" language="id"></gapura-button>
    <p id="trouble" role="alert"></p>
    <script>
    const trouble = (text) => document.getElementById('trouble').textContent = text;
    document.addEventListener('gapura-error', (event) => trouble(event.detail.message));
    document.addEventListener('gapura-not-signed-in', (event) => trouble('Anda belum masuk: ' + event.detail.error));
    </script>
    <noscript><a href="/gapura/sign-in">Masuk</a></noscript>
    """)}
    """;

static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");
