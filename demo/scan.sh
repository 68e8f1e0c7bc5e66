#!/usr/bin/env bash
# Be the phone: approve a QR code with the demo's device key and nothing but OpenSSL, curl and jq.
# usage: demo/scan.sh SESSION_ID [demo.json]
set -euo pipefail

session=${1:?usage: demo/scan.sh SESSION_ID [demo.json]}
demo=${2:-$(dirname "$0")/data/demo.json}
from_demo() { jq -r "$1" "$demo"; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# RFC 5915: the private key in the envelope OpenSSL reads; 2b8104000a is the curve, secp256k1.
der="302e0201010420$(from_demo .device.privateKey)a00706052b8104000a"
printf "$(printf %s "$der" | sed 's/../\\x&/g')" > "$scratch/key.der"

# What is signed is the session id itself, as it stands in the QR code; the signature travels as DER in hex.
signature=$(printf %s "$session" \
  | openssl dgst -sha256 -keyform DER -sign "$scratch/key.der" \
  | od -An -v -tx1 | tr -d ' \n')

jq -n --arg s "$session" --arg g "$signature" --arg p "$(from_demo .device.publicKey)" --arg n "$(openssl rand -hex 16)" \
    '{sessionId: $s, signature: $g, publicKey: $p, nonce: $n}' \
  | curl -sS --noproxy '*' --fail-with-body -H 'content-type: application/json' --data-binary @- "$(from_demo .issuer)/v1/authenticate"
echo
