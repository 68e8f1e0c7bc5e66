"""A partner's site that signs people in with Gapura's button, and keeps their token on the server.

GAPURA_ISSUER, GAPURA_CLIENT_ID and GAPURA_API_KEY are what the operator gave you; PORT is yours.
"""
import os
import time
import uuid

import requests
from flask import Flask, redirect, render_template_string, request, session

issuer, client_id, api_key = (os.environ[n] for n in ("GAPURA_ISSUER", "GAPURA_CLIENT_ID", "GAPURA_API_KEY"))
port = int(os.environ.get("PORT", "3000"))
origin = os.environ.get("ORIGIN", f"http://localhost:{port}")
people = {}  # session id -> who; your own site has a store for this

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY") or os.urandom(32)
app.config.update(SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax")


@app.get("/")
def home():
    person = people.get(session.get("id"))
    return render_template_string(PAGE, person=person if person and person["until"] > time.time() else None, issuer=issuer, origin=origin)


@app.get("/ticket")
def ticket():
    """The API key stays here. The page gets a ticket, which opens one sign-in window."""
    answer = requests.get(f"{issuer}/V1/NLE/AuthApiKey", headers={"beacukai-api-key": api_key}, timeout=10)
    if not answer.ok:
        return {"error": "ticket_unavailable"}, 502
    return {"token": answer.json()["data"]["token"]}, {"cache-control": "no-store"}


@app.post("/signed-in")
def signed_in():
    """What the window handed to the page: a code that is good once, with the verifier that only that page had."""
    sent = request.get_json()
    form = {"grant_type": "authorization_code", "code": sent.get("code"), "code_verifier": sent.get("codeVerifier"), "redirect_uri": sent.get("redirectUri")}
    answer = requests.post(f"{issuer}/oauth/token", data=form, auth=(client_id, api_key), timeout=10)
    if not answer.ok:
        return answer.json(), 403
    told = answer.json()
    session["id"] = str(uuid.uuid4())
    people[session["id"]] = {"token": told["access_token"], "username": told["username"], "npwp": told["npwp"], "until": time.time() + told["expires_in"]}
    return {"username": told["username"]}


@app.post("/sign-out")
def sign_out():
    people.pop(session.pop("id", None), None)
    return redirect("/", 303)


PAGE = """<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Truk Kita</title>
<h1>Truk Kita</h1>
{% if person %}<p id="who">{{ person.username }} ({{ person.npwp }})</p><form method="post" action="/sign-out"><button>Keluar</button></form>
{% else %}<script src="{{ issuer }}/sdk/gapura.js"></script>
<gapura-button issuer="{{ issuer }}" ticket="/ticket" response="code" return-url="{{ origin }}/" language="id"></gapura-button>
<p id="trouble" role="alert"></p>
<script>
const button = document.querySelector('gapura-button');
button.addEventListener('gapura-result', async ({ detail }) => {
  const answer = await fetch('/signed-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(detail) });
  if (answer.ok) location.replace('/');
  else document.getElementById('trouble').textContent = (await answer.json()).error_description;
});
button.addEventListener('gapura-error', ({ detail }) => { document.getElementById('trouble').textContent = detail.message; });
</script>{% endif %}"""

if __name__ == "__main__":
    app.run("localhost", port)
