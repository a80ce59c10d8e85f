#!/bin/sh
# Writes the secrets that docker-compose.yml needs into .env beside it, a random value for each name
# that has none. Existing values stay, because running containers use them.
set -eu
umask 077
cd "$(dirname "$0")/../../.."

touch .env
chmod 600 .env
[ -z "$(tail -c 1 .env)" ] || echo >>.env

random() {
  od -An -v -tx1 -N "$1" /dev/urandom | tr -d ' \n'
}

for name in ELASTIC_PASSWORD KIBANA_SYSTEM_PASSWORD KIBANA_OPERATOR_PASSWORD KIBANA_ENCRYPTION_KEY; do
  if ! grep -q "^$name=." .env; then
    printf '%s=%s\n' "$name" "$(random 24)" >>.env
  fi
done

# The service gets only the hash of its API key.
if ! grep -q '^LOGS_API_KEY=.' .env; then
  id=$(random 4)
  key="alk_${id}_$(random 20)"
  hash=$(printf %s "$key" | { sha256sum 2>/dev/null || shasum -a 256; } | cut -d ' ' -f 1)
  printf 'LOGS_API_KEY=%s\nLOGS_API_KEY_HASH=%s:%s\n' "$key" "$id" "$hash" >>.env
fi

echo "The secrets are in $PWD/.env. Log in to Kibana as operator with KIBANA_OPERATOR_PASSWORD (to"
echo "change dashboards and rules: as elastic with ELASTIC_PASSWORD). Send Authorization: Bearer with"
echo "LOGS_API_KEY to the service."
