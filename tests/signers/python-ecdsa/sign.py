"""Signs with python-ecdsa: sign.py sign <private key, 64 hex> <text>, or sign.py keygen."""
import hashlib
import json
import os
import sys

from ecdsa import SECP256k1, SigningKey
from ecdsa.util import sigencode_der


def public_key(key):
    return key.get_verifying_key().to_string("uncompressed").hex()


def sign(private_key, text):
    key = SigningKey.from_string(bytes.fromhex(private_key), curve=SECP256k1)
    # The library's default hash is SHA-1 and its default form is r and s, 64 bytes: name both.
    signature = key.sign(text, hashfunc=hashlib.sha256, sigencode=sigencode_der)
    return {"publicKey": public_key(key), "signature": signature.hex()}


def keygen():
    key = SigningKey.generate(curve=SECP256k1)
    return {"privateKey": key.to_string().hex(), "publicKey": public_key(key)}


if sys.argv[1:2] == ["sign"]:
    print(json.dumps(sign(sys.argv[2], os.fsencode(sys.argv[3])), separators=(",", ":")))
elif sys.argv[1:] == ["keygen"]:
    print(json.dumps(keygen(), separators=(",", ":")))
else:
    sys.exit("usage: sign.py sign <private key, 64 hex> <text> | sign.py keygen")
