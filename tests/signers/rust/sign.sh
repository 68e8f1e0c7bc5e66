#!/usr/bin/env bash
# Runs sign.rs as install.sh compiled it.
exec "$(dirname "$0")/../.build/rust/release/sign" "$@"
