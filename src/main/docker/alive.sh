#!/usr/bin/env bash
# Health check of the image: succeeds when the liveness probe answers 200: an instance that is not
# ready must not be started again, its spool may hold events. Uses only bash, so that the image needs
# no other tool. Bash has no TLS: with server.ssl, use a management port without TLS
# (src/docs/security.md, "Listen on the network").
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-${SERVER_PORT:-8080}}"
printf 'GET /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 4 _ status _ <&3
[[ $status == 200 ]]
