#!/bin/sh
# Started in Electron's place: Node, with Electron's module replaced by the double beside it.
# ELECTRON_DOUBLE_NODE names another Node.
here=$(cd "$(dirname "$0")" && pwd)
inspect=
if [ "${1:-}" = --no-sandbox ]; then shift; fi
case "${1:-}" in --inspect=*) inspect=$1 && shift ;; esac
ELECTRON_DOUBLE_PROGRAM="$here/$(basename "$0")"
export ELECTRON_DOUBLE_PROGRAM
# Node 20 has a WebSocket, but behind this switch.
exec "${ELECTRON_DOUBLE_NODE:-node}" ${inspect:+"$inspect"} --experimental-websocket --no-warnings \
  --require "$here/double/asar-fs.cjs" "$here/double/start.cjs" "$@"
