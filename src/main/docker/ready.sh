#!/usr/bin/env bash
# Succeeds when the service can take events. Bash alone, so that the image needs no further tool.
# Bash speaks no TLS: with server.ssl, give the probes a port of their own (see the README).
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-${SERVER_PORT:-8080}}"
printf 'GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 4 _ status _ <&3
[[ $status == 200 ]]
