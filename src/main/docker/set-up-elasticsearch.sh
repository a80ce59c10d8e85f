#!/bin/sh
# Creates in Elasticsearch the credentials of Kibana, of the operators and of the log service.
# Running it again updates them.
#
#   ELASTICSEARCH_URL         address of Elasticsearch
#   ELASTIC_PASSWORD          password of the superuser elastic
#   KIBANA_SYSTEM_PASSWORD    password of Kibana's own user, kibana_system
#   KIBANA_OPERATOR_PASSWORD  password of the user operator, who may read the dashboards and events
#   LOGIN_FOLDER              folder for the API key of the log service; the file is named after the
#                             property it sets
set -eu

fail() {
  printf 'set-up-elasticsearch.sh: %s\n' "$1" >&2
  exit 1
}

# Control characters would need escapes of their own, and no password needs them.
check() {
  case $2 in
  *[[:cntrl:]]*) fail "$1 contains a control character" ;;
  esac
}

# Escapes a value for a string in JSON or in a configuration file of curl.
quoted() {
  printf '%s' "$1" | sed 's/[\\"]/\\&/g'
}

# send METHOD PATH [ARGUMENTS OF CURL]: sends a request and sets $status and $answer.
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
    "{\"password\":\"$(quoted "$KIBANA_SYSTEM_PASSWORD")\"}"
  [ "$status:$answer" = '200:{}' ] || refused 'The password of kibana_system was not set'
  echo 'kibana_system: password set'
}

create_operator() {
  send_json PUT /_security/role/astrobookings-operator "$operator_role"
  [ "$status" = 200 ] || refused 'The role of the operators was not created'
  send_json PUT /_security/user/operator \
    "{\"password\":\"$(quoted "$KIBANA_OPERATOR_PASSWORD")\",\"roles\":[\"astrobookings-operator\"]}"
  [ "$status" = 200 ] || refused 'The user operator was not created'
  echo 'operator: role and password set'
}

# A key cannot be read again, so a key that still works is kept and its privileges are updated.
give_key_to_service() {
  key=$(cat "$file" 2>/dev/null || true)
  if [ -n "$key" ] && works "$key"; then
    renew "$key"
  else
    create_key
  fi
}

works() {
  printf 'header = "Authorization: ApiKey %s"\n' "$(quoted "$1")" >"$work/key"
  send GET /_security/_authenticate --config "$work/key"
  case $status in
  200) return 0 ;;
  401) return 1 ;;
  *) refused 'The API key of the log service could not be checked' ;;
  esac
}

renew() {
  id=$(printf '%s' "$1" | base64 -d | cut -d : -f 1)
  send_json PUT "/_security/api_key/$id" "{\"role_descriptors\":$privileges}"
  [ "$status" = 200 ] || refused 'The privileges of the log service were not updated'
  echo 'astrobookings-logs: API key kept, privileges updated'
}

create_key() {
  send_json POST /_security/api_key \
    "{\"name\":\"astrobookings-logs\",\"role_descriptors\":$privileges}"
  key=$(printf '%s' "$answer" | sed -n 's/.*"encoded" *: *"\([^"]*\)".*/\1/p')
  if [ "$status" != 200 ] || [ -z "$key" ]; then
    refused 'No API key was created for the log service'
  fi
  # Only the container of the service mounts this folder as well, and it runs as another user.
  printf '%s\n' "$key" >"$file.new"
  chmod 444 "$file.new"
  mv "$file.new" "$file"
  echo 'astrobookings-logs: API key created'
}

check ELASTIC_PASSWORD "$ELASTIC_PASSWORD"
check KIBANA_SYSTEM_PASSWORD "$KIBANA_SYSTEM_PASSWORD"
check KIBANA_OPERATOR_PASSWORD "$KIBANA_OPERATOR_PASSWORD"
folder=$(dirname "$0")
privileges=$(cat "$folder/elasticsearch-privileges.json")
operator_role=$(cat "$folder/kibana-operator-role.json")
file=$LOGIN_FOLDER/spring.elasticsearch.api-key
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf 'user = "elastic:%s"\n' "$(quoted "$ELASTIC_PASSWORD")" >"$work/superuser"

set_password_of_kibana
create_operator
give_key_to_service
