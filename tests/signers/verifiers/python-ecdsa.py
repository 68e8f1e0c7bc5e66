"""Verifies with python-ecdsa: python-ecdsa.py <public key, 130 hex> <signature, DER in hex> <text>; exit 0 is yes."""
import hashlib
import os
import sys

from ecdsa import BadSignatureError, SECP256k1, VerifyingKey
from ecdsa.util import sigdecode_der

public_key, signature, text = bytes.fromhex(sys.argv[1]), bytes.fromhex(sys.argv[2]), os.fsencode(sys.argv[3])
key = VerifyingKey.from_string(public_key, curve=SECP256k1, valid_encodings=["uncompressed"])
try:
    key.verify(signature, text, hashfunc=hashlib.sha256, sigdecode=sigdecode_der)
except BadSignatureError:
    sys.exit(1)
