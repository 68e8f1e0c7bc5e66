# Authlib with a key of the platform's own (private_key_jwt): its assertions name no key id, and the token endpoint is their audience.
import json
import subprocess
import sys

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey
from authlib.oauth2.rfc7523 import PrivateKeyJWT

given = json.loads(sys.argv[1])
server = requests.get(given["issuer"] + "/.well-known/openid-configuration", timeout=10).json()
key = JsonWebKey.import_key(given["key"])
session = OAuth2Session(
    given["clientId"], key.as_pem(is_private=True), redirect_uri=given["redirectUri"], scope="openid offline_access", code_challenge_method="S256", token_endpoint_auth_method="private_key_jwt",
)
session.register_client_auth_method(PrivateKeyJWT(server["token_endpoint"], alg=given["key"]["alg"]))

verifier = generate_token(48)
authorization, state = session.create_authorization_url(server["authorization_endpoint"], code_verifier=verifier)
callback = subprocess.run(["node", "sign-in.mjs", json.dumps({**given, "authorization": authorization})], check=True, capture_output=True, text=True).stdout.strip()
token = session.fetch_token(server["token_endpoint"], authorization_response=callback, state=state, code_verifier=verifier)
renewed = session.refresh_token(server["token_endpoint"], refresh_token=token["refresh_token"])
person = session.get(server["userinfo_endpoint"]).json()
print(json.dumps({"person": person, "other": renewed["access_token"] != token["access_token"]}))
