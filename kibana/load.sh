#!/bin/sh
# Loads the data view, the dashboards and the alert rules of this folder into Kibana 9.5.
#
#   KIBANA_URL      where Kibana answers; http://localhost:5601 if absent
#   KIBANA_SPACE    the space to load into; the default space if absent
#   KIBANA_API_KEY  the login, or KIBANA_USERNAME and KIBANA_PASSWORD
#   KIBANA_CA       file with the authority that signed Kibana's certificate (PEM), if it is private
#   KIBANA_WAIT     seconds to wait for a Kibana that is still starting; 60 if absent
#   KIBANA_RULES    what becomes of a rule that is there already: "keep" (if absent) leaves it as
#                   operators have set it, "replace" sets it back to its file, actions included
#
# It may run again at any time: what is there is replaced or kept, never doubled. The first thing
# that goes wrong ends it with status 1 and the reason.
set -eu

fail() {
  printf 'load.sh: %s\n' "$1" >&2
  exit 1
}

quoted() {
  printf '%s' "$1" | sed 's/[\\"]/\\&/g'
}

# Curl reads the login from a file, because everybody on a machine can see the arguments.
login() {
  if [ -n "${KIBANA_API_KEY:-}" ]; then
    printf 'header = "Authorization: ApiKey %s"\n' "$(quoted "$KIBANA_API_KEY")"
  elif [ -n "${KIBANA_USERNAME:-}" ]; then
    printf 'user = "%s:%s"\n' "$(quoted "$KIBANA_USERNAME")" "$(quoted "${KIBANA_PASSWORD:-}")"
  fi
  [ -z "${KIBANA_CA:-}" ] || printf 'cacert = "%s"\n' "$(quoted "$KIBANA_CA")"
}

# send METHOD PATH [ARGUMENTS OF CURL]: the status is in $status then, the body in $work/answer.
# No answer at all is status 000.
send() {
  method=$1
  path=$2
  shift 2
  : >"$work/answer"
  status=$(curl --silent --show-error --globoff --config "$work/login" --max-time 60 \
    --request "$method" --header 'kbn-xsrf: true' --output "$work/answer" \
    --write-out '%{http_code}' "$@" "$url$path" 2>"$work/error") || status=000
}

send_json() {
  json=$3
  send "$1" "$2" --header 'Content-Type: application/json' --data-binary "@$json"
}

reason() {
  if [ "$status" = 000 ]; then
    cat "$work/error"
  else
    printf 'status %s: ' "$status"
    head -c 2000 "$work/answer"
  fi
}

refused() {
  fail "$1 was refused by $method $url$path: $(reason)"
}

await_kibana() {
  deadline=$(($(date +%s) + ${KIBANA_WAIT:-60}))
  while :; do
    send GET /api/status
    case $status in
    200) return ;;
    401 | 403) refused 'The login' ;;
    esac
    [ "$(date +%s)" -lt "$deadline" ] || fail "Kibana at $url is not available: $(reason)"
    sleep 1
  done
}

# A login without rights of administration is not told the version.
check_version() {
  version=$(sed -n 's/.*"number":"\([0-9.]*\)".*/\1/p' "$work/answer")
  case $version in
  '' | 9.[5-9] | 9.[5-9].* | 9.[1-9][0-9]* | [1-9][0-9].*) ;;
  *) fail "Kibana $version is too old for these dashboards: they need 9.5 or newer" ;;
  esac
}

# This endpoint answers 200 for objects that it could not import, too.
load_data_views() {
  send POST "$space/api/saved_objects/_import?overwrite=true" --form "file=@data-views.ndjson"
  case $status:$(cat "$work/answer") in
  *'"success":false'*) refused 'data-views.ndjson' ;;
  200:*'"success":true'*) echo 'data-views.ndjson: loaded' ;;
  *) refused 'data-views.ndjson' ;;
  esac
}

load_dashboard() {
  send_json PUT "$space/api/dashboards/$(basename "$1" .json)" "$1"
  case $status in
  201) echo "$1: created" ;;
  200) echo "$1: replaced" ;;
  *) refused "$1" ;;
  esac
}

# The type of a rule is stated when it is created and cannot be stated when it is replaced.
load_rule() {
  rule=$space/api/alerting/rule/$(basename "$1" .json)
  sed '1s/^{/{"rule_type_id":".es-query","consumer":"stackAlerts",/' "$1" >"$work/rule"
  send_json POST "$rule" "$work/rule"
  case $status:$rules in
  200:*) echo "$1: created" ;;
  409:keep) echo "$1: kept as it is (KIBANA_RULES=replace sets it back)" ;;
  409:replace) replace_rule "$1" ;;
  *) refused "$1" ;;
  esac
}

replace_rule() {
  send_json PUT "$rule" "$1"
  [ "$status" = 200 ] || refused "$1"
  echo "$1: replaced"
}

command -v curl >/dev/null || fail 'curl is needed and not installed'
url=${KIBANA_URL:-http://localhost:5601}
url=${url%/}
space=${KIBANA_SPACE:+/s/$KIBANA_SPACE}
rules=${KIBANA_RULES:-keep}
case $rules in
keep | replace) ;;
*) fail "KIBANA_RULES is keep or replace, not $rules" ;;
esac

umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
login >"$work/login"
cd "$(dirname "$0")"

await_kibana
check_version
load_data_views
for file in dashboards/*.json; do
  load_dashboard "$file"
done
for file in rules/*.json; do
  load_rule "$file"
done
echo "Everything is in Kibana: $url${space}/app/dashboards#/view/astro-overview"
