"""Signs with cryptography: sign.py sign <private key, 64 hex> <text>, or sign.py keygen."""
import json
import os
import sys

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def public_key(key):
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint).hex()


def sign(private_key, text):
    key = ec.derive_private_key(int(private_key, 16), ec.SECP256K1())
    return {"publicKey": public_key(key), "signature": key.sign(text, ec.ECDSA(SHA256())).hex()}


def keygen():
    key = ec.generate_private_key(ec.SECP256K1())
    return {"privateKey": f"{key.private_numbers().private_value:064x}", "publicKey": public_key(key)}


if sys.argv[1:2] == ["sign"]:
    print(json.dumps(sign(sys.argv[2], os.fsencode(sys.argv[3])), separators=(",", ":")))
elif sys.argv[1:] == ["keygen"]:
    print(json.dumps(keygen(), separators=(",", ":")))
else:
    sys.exit("usage: sign.py sign <private key, 64 hex> <text> | sign.py keygen")
