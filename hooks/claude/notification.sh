#!/bin/sh
# Notification: hands Claude's report to claustre. Arguments: node, the hook script, the data directory.
[ -x "$1" ] && [ -r "$2" ] || exit 0
unset NODE_OPTIONS
exec "$1" "$2" "$3" hook >/dev/null 2>&1
