#!/usr/bin/env bash
# Checks every signer against the other libraries, without our server.
#   check.sh            a signer that is not installed is listed and left out
#   check.sh --strict   a signer that is not installed is a failure
cd "$(dirname "$0")" && exec node check.js "$@"
