#!/usr/bin/env bash
# Verifies with the `openssl` command: openssl.sh <public key, 130 hex> <signature, DER in hex> <text>; exit 0 is yes.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

from_hex() { perl -ne 'chomp; print pack "H*", $_'; }

# SubjectPublicKeyInfo { { ecPublicKey, secp256k1 }, point }
printf '3056301006072a8648ce3d020106052b8104000a034200%s' "$1" | from_hex > "$work/public.der"
printf '%s' "$2" | from_hex > "$work/signature"
printf '%s' "$3" | openssl dgst -sha256 -keyform DER -verify "$work/public.der" -signature "$work/signature" > /dev/null 2>&1
