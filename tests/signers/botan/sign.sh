#!/usr/bin/env bash
# Signs with the `botan` command (Botan 2): sign.sh sign <private key, 64 hex> <text>, or sign.sh keygen.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

from_hex() { perl -ne 'chomp; print pack "H*", $_'; }
to_hex() { od -An -v -tx1 | tr -d ' \n'; }

# PKCS #8 { 0, { ecPublicKey, secp256k1 }, ECPrivateKey { 1, privateKey } }; botan works out the public key itself.
# In PEM, as `botan sign` takes every DER key for an encrypted one.
load_key() {
    {
        echo '-----BEGIN PRIVATE KEY-----'
        printf '303e020100301006072a8648ce3d020106052b8104000a042730250201010420%s' "$1" | from_hex | base64
        echo '-----END PRIVATE KEY-----'
    } > "$work/key.pem"
}

# The last 65 bytes of the SubjectPublicKeyInfo are the uncompressed point, 04 X Y.
public_key() { botan pkcs8 --pub-out --der-out "$work/key.pem" | tail -c 65 | to_hex; }

# ECPrivateKey { version 1, privateKey, [1] publicKey } starts 02 01 01 04 len; botan leaves out leading zeros.
private_key() {
    botan pkcs8 --der-out "$work/key.pem" | to_hex | sed -E 's/.*02010104..([0-9a-f]*)a144034200.*/\1/' \
        | perl -ne 'print "0" x (64 - length), $_'
}

case "${1-}" in
    sign)
        load_key "$2"
        printf '%s' "$3" > "$work/text"
        signature=$(botan sign --der-format --emsa=EMSA1 --hash=SHA-256 "$work/key.pem" "$work/text" | base64 -d | to_hex)
        printf '{"publicKey":"%s","signature":"%s"}\n' "$(public_key)" "$signature"
        ;;
    keygen)
        botan keygen --algo=ECDSA --params=secp256k1 > "$work/key.pem"
        printf '{"privateKey":"%s","publicKey":"%s"}\n' "$(private_key)" "$(public_key)"
        ;;
    *)
        echo "usage: sign.sh sign <private key, 64 hex> <text> | sign.sh keygen" >&2
        exit 2
        ;;
esac
