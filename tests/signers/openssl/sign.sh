#!/usr/bin/env bash
# Signs with the `openssl` command: sign.sh sign <private key, 64 hex> <text>, or sign.sh keygen.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# SEC 1 ECPrivateKey { version 1, privateKey, [0] secp256k1 }; openssl works out the public key itself.
load_key() {
    printf '302e0201010420%sa00706052b8104000a' "$1" | from_hex \
        | openssl ec -inform DER -out "$work/key.pem" 2>/dev/null
}

from_hex() { perl -ne 'chomp; print pack "H*", $_'; }
to_hex() { od -An -v -tx1 | tr -d ' \n'; }

# The last 65 bytes of the SubjectPublicKeyInfo are the uncompressed point, 04 X Y.
public_key() {
    openssl ec -in "$work/key.pem" -pubout -conv_form uncompressed -outform DER 2>/dev/null | tail -c 65 | to_hex
}

# ECPrivateKey in DER starts 30 len 02 01 01 04 20: the key is the 32 bytes after that.
private_key() {
    openssl ec -in "$work/key.pem" -outform DER 2>/dev/null | tail -c +8 | head -c 32 | to_hex
}

case "${1-}" in
    sign)
        load_key "$2"
        signature=$(printf '%s' "$3" | openssl dgst -sha256 -sign "$work/key.pem" | to_hex)
        printf '{"publicKey":"%s","signature":"%s"}\n' "$(public_key)" "$signature"
        ;;
    keygen)
        openssl ecparam -name secp256k1 -genkey -noout -out "$work/key.pem"
        printf '{"privateKey":"%s","publicKey":"%s"}\n' "$(private_key)" "$(public_key)"
        ;;
    *)
        echo "usage: sign.sh sign <private key, 64 hex> <text> | sign.sh keygen" >&2
        exit 2
        ;;
esac
