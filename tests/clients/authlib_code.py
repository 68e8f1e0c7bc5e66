# Authlib, as Python backends use it: code with PKCE, ID token verified with our keys, refresh, introspection, revocation.
import json
import subprocess
import sys

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, JsonWebToken
from authlib.oidc.core import CodeIDToken

given = json.loads(sys.argv[1])
server = requests.get(given["issuer"] + "/.well-known/openid-configuration", timeout=10).json()
keys = JsonWebKey.import_key_set(requests.get(server["jwks_uri"], timeout=10).json())
session = OAuth2Session(
    given["clientId"], given["secret"], redirect_uri=given["redirectUri"], scope="openid profile npwp offline_access", code_challenge_method="S256",
    token_endpoint_auth_method=given.get("authentication", "client_secret_basic"),
)

verifier, nonce = generate_token(48), generate_token()
authorization, state = session.create_authorization_url(server["authorization_endpoint"], code_verifier=verifier, nonce=nonce)
callback = subprocess.run(["node", "sign-in.mjs", json.dumps({**given, "authorization": authorization})], check=True, capture_output=True, text=True).stdout.strip()
token = session.fetch_token(server["token_endpoint"], authorization_response=callback, state=state, code_verifier=verifier)

claims = JsonWebToken(server["id_token_signing_alg_values_supported"]).decode(
    token["id_token"], keys, claims_cls=CodeIDToken,
    claims_options={"iss": {"value": given["issuer"]}, "aud": {"value": given["clientId"]}}, claims_params={"nonce": nonce, "client_id": given["clientId"], "access_token": token["access_token"]},
)
claims.validate()
person = session.get(server["userinfo_endpoint"]).json()
renewed = session.refresh_token(server["token_endpoint"], refresh_token=token["refresh_token"])


def is_active():
    return session.introspect_token(server["introspection_endpoint"], token=renewed["access_token"]).json()["active"]


before = is_active()
session.revoke_token(server["revocation_endpoint"], token=renewed["refresh_token"]).raise_for_status()
print(json.dumps({"claims": claims, "person": person, "active": [before, is_active()], "scope": token["scope"]}))
