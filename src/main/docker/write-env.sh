#!/bin/sh
# Writes the secrets that docker-compose.yml needs into .env beside it: a random one for each name
# that has none yet. Those that are there stay, because what runs has been set up with them.
set -eu
umask 077
cd "$(dirname "$0")/../../.."

touch .env
chmod 600 .env
[ -z "$(tail -c 1 .env)" ] || echo >>.env

for name in ELASTIC_PASSWORD KIBANA_SYSTEM_PASSWORD KIBANA_ENCRYPTION_KEY; do
  if ! grep -q "^$name=." .env; then
    secret=$(od -An -v -tx1 -N 24 /dev/urandom | tr -d ' \n')
    printf '%s=%s\n' "$name" "$secret" >>.env
  fi
done

echo "The secrets are in $PWD/.env. Log in to Kibana as elastic with ELASTIC_PASSWORD."
