#!/usr/bin/env bash
# Makes the database where there is none yet, as the variables POSTGRES_* say, runs what lies in /docker-entrypoint-initdb.d on it, and starts PostgreSQL.
set -Eeuo pipefail
if [ "${1:-}" != postgres ]; then exec "$@"; fi

mkdir -p "$PGDATA" /var/run/postgresql || true
chmod 0700 "$PGDATA" || true
chmod 3775 /var/run/postgresql || true

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  : "${POSTGRES_USER:=postgres}"
  : "${POSTGRES_DB:=$POSTGRES_USER}"
  : "${POSTGRES_PASSWORD:=$(cat "${POSTGRES_PASSWORD_FILE:?neither POSTGRES_PASSWORD nor POSTGRES_PASSWORD_FILE is set}")}"
  export PGUSER=$POSTGRES_USER PGPASSWORD=$POSTGRES_PASSWORD
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD")
  printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
  # Nobody connects before all is ready: by the socket only.
  pg_ctl --wait --options="-c listen_addresses=''" start
  if [ "$POSTGRES_DB" != postgres ]; then
    psql --no-psqlrc --variable=db="$POSTGRES_DB" --dbname=postgres <<<'CREATE DATABASE :"db";'
  fi
  export PGDATABASE=$POSTGRES_DB
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) . "$file" ;;
      *.sql) psql --no-psqlrc --variable=ON_ERROR_STOP=1 --file="$file" ;;
    esac
  done
  pg_ctl --wait --mode=fast stop
  unset PGUSER PGPASSWORD PGDATABASE
fi
exec "$@"
