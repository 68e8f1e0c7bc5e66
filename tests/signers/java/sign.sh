#!/usr/bin/env bash
# Runs Sign.java from its source. Java reads its arguments in the locale's encoding, so the locale must say UTF-8.
exec env LC_ALL=C.UTF-8 java -cp /usr/share/java/bcprov.jar "$(dirname "$0")/Sign.java" "$@"
