#!/bin/sh
# Status line: hands what Claude tells it to claustre and shows the person's own line. Arguments: node, the hook script, the data directory.
[ -x "$1" ] && [ -r "$2" ] || exit 0
# One worker of V8 instead of four: Claude waits for this process, and it is too short for more.
exec "$1" --v8-pool-size=1 "$2" "$3" status 2>/dev/null
