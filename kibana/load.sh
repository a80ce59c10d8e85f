#!/bin/sh
# Loads the data view, the tag, the dashboards and the alert rules of this folder into Kibana 9.5,
# reads them back and says what Kibana makes of them.
#
#   KIBANA_URL      where Kibana answers; http://localhost:5601 if absent
#   KIBANA_SPACE    the identifier of the space to load into; the default space if absent
#   KIBANA_API_KEY  the login, or KIBANA_USERNAME and KIBANA_PASSWORD
#   KIBANA_CA       file with the authority that signed Kibana's certificate (PEM), if it is private
#   KIBANA_WAIT     seconds to wait for a Kibana that is still starting; 60 if absent
#   KIBANA_RULES    what becomes of a rule that is there already: "keep" (if absent) leaves it as
#                   operators have set it, "replace" sets it back to its file, actions included
#
# It may run again at any time: what is there is replaced or kept, never doubled. The first thing
# that goes wrong ends it with status 1 and the reason.
#
# Kibana has each identifier in one space only. In every space but the default one, "-" and the
# identifier of the space are appended to the identifiers of the files.
set -eu
LC_ALL=C
export LC_ALL

MAX_REASON_BYTES=16000
API_VERSION=2023-10-31

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
    --request "$method" --header 'kbn-xsrf: true' --header "Elastic-Api-Version: $API_VERSION" \
    --output "$work/answer" --write-out '%{http_code}' "$@" "$url$path" 2>"$work/error") ||
    status=000
}

send_json() {
  json=$3
  send "$1" "$2" --header 'Content-Type: application/json' --data-binary "@$json"
}

# scalars FILE: one line "DEPTH KEY VALUE" for each text, number, true, false and null of a JSON
# document. DEPTH counts the objects and arrays around it; what is in an array has the key of the
# array. Quotation marks and backslashes within texts are written as \u0022 and \u005c.
scalars() {
  sed 's/\\\\/\\u005c/g; s/\\"/\\u0022/g; s/"[^"]*"/\
&\
/g' "$1" | sed '/^"/!s/[][{}:,]/\
&\
/g' | sed '/^[[:space:]]*$/d; s/^[[:space:]]*\([^"[:space:]][^[:space:]]*\)[[:space:]]*$/\1/' | {
    depth=0
    key=
    token=
    while IFS= read -r next; do
      case $next in
      ':')
        key=${token#\"}
        key=${key%\"}
        token=
        ;;
      ',' | ']' | '}' | '[' | '{')
        if [ -n "$token" ]; then
          token=${token#\"}
          printf '%s %s %s\n' "$depth" "$key" "${token%\"}"
          token=
        fi
        case $next in
        '[' | '{') depth=$((depth + 1)) ;;
        ']' | '}') depth=$((depth - 1)) ;;
        esac
        ;;
      *) token=$next ;;
      esac
    done
  }
}

# values DEPTH KEY: all values of the answer with this key at this depth; DEPTH may be a pattern.
values() {
  scalars "$work/answer" | sed -n "s/^$1 $2 //p"
}

# The lines of a refusal that say what to do: Kibana lists every alternative of a panel that it has
# tried, and only one of them is the one that was meant.
useful_lines() {
  values '[0-9]*' message | sed 's/\\n/\
/g; s/\\u0022/"/g; s/\\u005c/\\/g' >"$work/message"
  grep -i -E 'unrecognized key|definition for this key is missing|got \[undefined\]|required|not found|exist|conflict|unauthorized|forbidden' \
    "$work/message" | head -n 5 >"$work/useful" || :
  [ -s "$work/useful" ] || head -n 1 "$work/message" >"$work/useful"
  cat "$work/useful"
}

reason() {
  if [ "$status" = 000 ]; then
    cat "$work/error"
  else
    printf 'status %s\n' "$status"
    useful_lines
    printf 'The whole answer:\n'
    head -c "$MAX_REASON_BYTES" "$work/answer"
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
  version=$(values 2 number | head -n 1)
  case $version in
  '' | 9.[5-9] | 9.[5-9].* | 9.[1-9][0-9]* | [1-9][0-9].*) ;;
  *) fail "Kibana $version is too old for these dashboards: they need 9.5 or newer" ;;
  esac
}

# Kibana stores objects even in a space that does not exist, where they cannot be seen.
check_space() {
  [ -n "$space" ] || return 0
  send GET "/api/spaces/space/$KIBANA_SPACE"
  case $status in
  200) ;;
  404) fail "There is no space with the identifier $KIBANA_SPACE" ;;
  *) refused "The space $KIBANA_SPACE" ;;
  esac
}

# in_space FILE: writes it to $work/file with the identifiers of the space.
in_space() {
  if [ -z "$suffix" ]; then
    cat "$1" >"$work/file"
  else
    sed "s/\"\(astro-[a-z-]*\)\"/\"\1$suffix\"/g; s/\"astrobookings-events\"/\"astrobookings-events$suffix\"/g" \
      "$1" >"$work/file"
  fi
}

id_of() {
  printf '%s%s' "$(basename "$1" .json)" "$suffix"
}

# This endpoint answers 200 for objects that it could not import, too; and it gives an object whose
# identifier is taken in another space a new one, to which nothing refers.
load_saved_objects() {
  in_space saved-objects.ndjson
  send POST "$space/api/saved_objects/_import?overwrite=true" \
    --form "file=@$work/file;filename=saved-objects.ndjson"
  [ "$status" = 200 ] && [ "$(values 1 success)" = true ] || refused 'saved-objects.ndjson'
  other=$(values '[0-9]*' destinationId | head -n 1)
  [ -z "$other" ] ||
    fail "saved-objects.ndjson: Kibana has stored an object as $other, because its identifier is taken in another space. Delete it, and the one in the other space if nobody needs it: $(reason)"
  echo 'saved-objects.ndjson: loaded'
}

load_dashboard() {
  in_space "$1"
  send_json PUT "$space/api/dashboards/$(id_of "$1")" "$work/file"
  case $status in
  201) echo "$1: created" ;;
  200) echo "$1: replaced" ;;
  409) refused "$1, whose identifier another space has," ;;
  *) refused "$1" ;;
  esac
}

load_rule() {
  in_space "$1"
  rule=$space/api/alerting/rule/$(id_of "$1")
  send_json POST "$rule" "$work/file"
  case $status in
  200) echo "$1: created" ;;
  409) keep_or_replace "$1" ;;
  *) refused "$1" ;;
  esac
}

# The same status tells of a rule in this space and of one in another.
keep_or_replace() {
  send GET "$rule"
  [ "$status" = 200 ] || refused "$1, whose identifier another space has,"
  if [ "$rules" = keep ]; then
    echo "$1: kept as it is (KIBANA_RULES=replace sets it back)"
    return
  fi
  # The type of a rule is stated when it is created and cannot be stated when it is replaced.
  sed '/^  "rule_type_id": /d; /^  "consumer": /d' "$work/file" >"$work/rule"
  send_json PUT "$rule" "$work/rule"
  [ "$status" = 200 ] || refused "$1"
  echo "$1: replaced"
}

# Kibana leaves out panels that it cannot read.
check_dashboard() {
  send GET "$space/api/dashboards/$(id_of "$1")"
  [ "$status" = 200 ] || refused "Reading $1"
  shown=$(values '[0-9]*' w | wc -l)
  sent=$(scalars "$1" | grep -c '^[0-9]* w ')
  [ "$shown" -eq "$sent" ] ||
    fail "$1: Kibana shows $shown of $sent panels. The whole answer: $(head -c "$MAX_REASON_BYTES" "$work/answer")"
}

check_rule() {
  send GET "$space/api/alerting/rule/$(id_of "$1")"
  [ "$status" = 200 ] || refused "Reading $1"
  case $(values 2 status | head -n 1) in
  error) fail "$1: the rule is there, but cannot run: $(values 3 message | head -n 1)" ;;
  pending) waiting=$((waiting + 1)) ;;
  esac
}

command -v curl >/dev/null || fail 'curl is needed and not installed'
url=${KIBANA_URL:-http://localhost:5601}
url=${url%/}
case ${KIBANA_SPACE:-default} in
default)
  space=
  suffix=
  ;;
*[!a-z0-9_-]*)
  fail "KIBANA_SPACE is the identifier of a space, as in its address /s/<identifier>: letters a-z, digits, _ and -, not \"$KIBANA_SPACE\""
  ;;
*)
  space=/s/$KIBANA_SPACE
  suffix=-$KIBANA_SPACE
  ;;
esac
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
check_space
load_saved_objects
for file in dashboards/*.json; do
  load_dashboard "$file"
done
for file in rules/*.json; do
  load_rule "$file"
done

waiting=0
for file in dashboards/*.json; do
  check_dashboard "$file"
done
for file in rules/*.json; do
  check_rule "$file"
done
echo 'Kibana shows every panel of every dashboard.'
if [ "$waiting" -gt 0 ]; then
  echo "Rules that have not run yet: $waiting. Run this again in a few minutes to see whether they can."
else
  echo 'Every rule runs.'
fi
echo "Begin here: $url$space/app/dashboards#/view/astro-overview$suffix"
