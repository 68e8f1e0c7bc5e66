#!/usr/bin/env bash
# Runs sign.go as install.sh compiled it.
exec "$(dirname "$0")/../.build/go/sign" "$@"
