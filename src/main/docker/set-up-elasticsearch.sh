#!/bin/sh
# Gives Kibana and the log service their logins to Elasticsearch. It may run again at any time.
#
#   ELASTICSEARCH_URL       where Elasticsearch answers
#   ELASTIC_PASSWORD        the password of its superuser
#   KIBANA_SYSTEM_PASSWORD  the password that Kibana logs in with
#   LOGIN_FOLDER            where the log service finds its API key, in a file that is called like
#                           the property it sets
set -eu

fail() {
  printf 'set-up-elasticsearch.sh: %s\n' "$1" >&2
  exit 1
}

# send METHOD PATH [ARGUMENTS OF CURL]: the status is in $status then, the body in $answer.
send() {
  method=$1
  path=$2
  shift 2
  answer=$(curl --silent --show-error --max-time 60 --request "$method" \
    --header 'Content-Type: application/json' --write-out '\n%{http_code}' "$@" \
    "$ELASTICSEARCH_URL$path") || fail "no answer to $method $ELASTICSEARCH_URL$path"
  status=${answer##*
}
  answer=${answer%
*}
}

# send_json METHOD PATH BODY, as the superuser
send_json() {
  send "$1" "$2" --config "$work/superuser" --data-binary "$3"
}

refused() {
  fail "$1: $method $path was answered with status $status: $answer"
}

set_password_of_kibana() {
  send_json POST /_security/user/kibana_system/_password \
    "{\"password\":\"$KIBANA_SYSTEM_PASSWORD\"}"
  [ "$status:$answer" = '200:{}' ] || refused 'The password of kibana_system was not set'
  echo 'kibana_system: password set'
}

# A key cannot be read again, so one that still works is kept and only its rights are renewed.
give_key_to_service() {
  key=$(cat "$file" 2>/dev/null || true)
  if [ -n "$key" ] && works "$key"; then
    renew "$key"
  else
    create_key
  fi
}

works() {
  printf 'header = "Authorization: ApiKey %s"\n' "$1" >"$work/key"
  send GET /_security/_authenticate --config "$work/key"
  case $status in
  200) return 0 ;;
  401) return 1 ;;
  *) refused 'The API key of the log service could not be tried' ;;
  esac
}

renew() {
  id=$(printf '%s' "$1" | base64 -d | cut -d : -f 1)
  send_json PUT "/_security/api_key/$id" "{\"role_descriptors\":$privileges}"
  [ "$status" = 200 ] || refused 'The rights of the log service were not renewed'
  echo 'astrobookings-logs: API key kept, rights renewed'
}

create_key() {
  send_json POST /_security/api_key \
    "{\"name\":\"astrobookings-logs\",\"role_descriptors\":$privileges}"
  key=$(printf '%s' "$answer" | sed -n 's/.*"encoded" *: *"\([^"]*\)".*/\1/p')
  if [ "$status" != 200 ] || [ -z "$key" ]; then
    refused 'No API key was made for the log service'
  fi
  # Only the container of the service mounts this folder besides, and it runs as another user.
  printf '%s\n' "$key" >"$file.new"
  chmod 444 "$file.new"
  mv "$file.new" "$file"
  echo 'astrobookings-logs: API key made'
}

privileges=$(cat "$(dirname "$0")/elasticsearch-privileges.json")
file=$LOGIN_FOLDER/spring.elasticsearch.api-key
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf 'user = "elastic:%s"\n' "$ELASTIC_PASSWORD" >"$work/superuser"

set_password_of_kibana
give_key_to_service
