"""An API that trusts Gapura's access tokens: checked offline, and asked about where it matters.

GAPURA_ISSUER and GAPURA_AUDIENCE say whose tokens; GAPURA_API_KEY is this API's own (--resource-api).
"""
import os
from functools import wraps

import jwt
import requests
from flask import Flask, g, request

issuer = os.environ["GAPURA_ISSUER"]
audience = os.environ.get("GAPURA_AUDIENCE", issuer)
api_key = os.environ["GAPURA_API_KEY"]
keys = jwt.PyJWKClient(f"{issuer}/.well-known/jwks.json", lifespan=300)
app = Flask(__name__)


def refused(error=None):
    return {"error": error or "token_missing"}, 401, {"WWW-Authenticate": f'Bearer error="{error}"' if error else "Bearer"}


def checked(view):
    """Offline: signature, issuer, audience, kind and time (RFC 9068 section 4)."""
    @wraps(view)
    def inner(*args, **kwargs):
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer" or not token:
            return refused()
        try:
            if jwt.get_unverified_header(token).get("typ") != "at+jwt":
                return refused("invalid_token")
            key = keys.get_signing_key_from_jwt(token).key
            g.person = jwt.decode(token, key, algorithms=["ES256"], issuer=issuer, audience=audience, leeway=60, options={"require": ["exp", "sub"]})
        except (jwt.PyJWTError, ValueError):
            return refused("invalid_token")
        if "cnf" in g.person:  # bound to a key: this API takes bearer tokens alone
            return refused("invalid_token")
        g.token = token
        return view(*args, **kwargs)
    return inner


def asked(view):
    """Asked: also hears of revocations (RFC 7662). For what cannot be undone."""
    @wraps(view)
    def inner(*args, **kwargs):
        try:
            answer = requests.post(f"{issuer}/oauth/introspect", data={"token": g.token}, headers={"beacukai-api-key": api_key}, timeout=5)
            answer.raise_for_status()
        except requests.RequestException:
            return {"error": "introspection_unavailable"}, 503, {"Retry-After": "5"}
        g.person = answer.json()
        return view(*args, **kwargs) if g.person["active"] else refused("invalid_token")
    return inner


@app.get("/documents")
@checked
def documents():
    return {"of": g.person["sub"], "documents": ["SPPB 000123", "SPPB 000124"]}


@app.delete("/documents/<name>")
@checked
@asked
def withdraw(name):
    return {"withdrawn": name, "by": g.person["username"], "npwp": g.person["npwp"]}


if __name__ == "__main__":
    app.run("localhost", int(os.environ.get("PORT", "3100")))
