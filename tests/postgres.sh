#!/bin/sh
# A real PostgreSQL for the contract tests, made from Debian's packages and thrown away afterwards.
#
#   export GAPURA_TEST_POSTGRES="$(tests/postgres.sh start)"     prints the connection text; a second start finds the first
#   tests/postgres.sh stop                                       stops it and removes its data
#
# GAPURA_TEST_POSTGRES_PORT picks the port (each port is a server of its own); otherwise 55432, or the next free one.
# GAPURA_TEST_POSTGRES_BUFFERS and _LOG set shared_buffers and max_wal_size, for what is measured.
# fsync stays on: the tests hold the server to what it promises about durability.
set -eu

home="${TMPDIR:-/tmp}/gapura-postgres-$(id -u)-${GAPURA_TEST_POSTGRES_PORT:-any}"
data="$home/data"

say() { echo "$*" >&2; }

find_programs() {
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn); do
    version="$(basename "$(dirname "$folder")")"
    case "$version" in *[!0-9]*) continue ;; esac
    if [ "$version" -ge 13 ] && [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then echo "$folder"; return; fi
  done
  if command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then dirname "$(command -v initdb)"; return; fi
  say "PostgreSQL 13 or newer is not installed. Debian: apt-get install postgresql"
  exit 1
}

# PostgreSQL refuses to run as root.
as_owner() {
  if [ "$(id -u)" -ne 0 ]; then "$@"
  elif command -v runuser >/dev/null; then runuser -u postgres -- "$@"
  else su -s /bin/sh postgres -c 'exec "$@"' -- sh "$@"
  fi
}

pick_port() {
  if [ -n "${GAPURA_TEST_POSTGRES_PORT:-}" ]; then echo "$GAPURA_TEST_POSTGRES_PORT"; return; fi
  port=55432
  while ! port_is_free "$port"; do port=$((port + 1)); done
  echo "$port"
}

# /dev/tcp is bash's; /proc tells the same to any shell. 0A is LISTEN.
port_is_free() {
  hex="$(printf '%04X' "$1")"
  ! cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v port=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }'
}

is_running() { [ -d "$data" ] && as_owner "$programs/pg_ctl" -D "$data" status >/dev/null 2>&1; }

start() {
  if is_running; then cat "$home/connection"; return; fi
  rm -rf "$home"
  mkdir -m 700 "$home"
  if [ "$(id -u)" -eq 0 ]; then chown postgres: "$home"; fi
  port="$(pick_port)"
  password="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
  (umask 077; echo "$password" >"$home/password")
  if [ "$(id -u)" -eq 0 ]; then chown postgres: "$home/password"; fi
  cd "$home"
  as_owner "$programs/initdb" -D "$data" -U gapura --auth=scram-sha-256 --pwfile="$home/password" --encoding=UTF8 --locale=C --no-sync >"$home/initdb.log" 2>&1 \
    || { say "initdb failed:"; cat "$home/initdb.log" >&2; exit 1; }
  options="-c port=$port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$home -c max_connections=300 -c shared_buffers=${GAPURA_TEST_POSTGRES_BUFFERS:-64MB} -c max_wal_size=${GAPURA_TEST_POSTGRES_LOG:-1GB}"
  as_owner "$programs/pg_ctl" -D "$data" -l "$home/server.log" -o "$options" -w -t 60 start >/dev/null 2>&1 \
    || { say "PostgreSQL did not start:"; cat "$home/server.log" >&2; exit 1; }
  (umask 077; echo "Host=127.0.0.1;Port=$port;Username=gapura;Password=$password;Database=postgres" >"$home/connection")
  cat "$home/connection"
}

stop() {
  if is_running; then as_owner "$programs/pg_ctl" -D "$data" -m immediate -w stop >/dev/null; fi
  rm -rf "$home"
}

programs="$(find_programs)"
case "${1:-}" in
  start) start ;;
  stop) stop ;;
  *) say "usage: tests/postgres.sh start|stop"; exit 2 ;;
esac
