#!/bin/sh
# UserPromptSubmit: hands Claude's report to claustre. Arguments: node, the hook script, the data directory.
[ -x "$1" ] && [ -r "$2" ] || exit 0
unset NODE_OPTIONS
# No compiler of V8 and one worker instead of four: Claude waits for this process, and it is too short for more.
exec "$1" --jitless --v8-pool-size=1 "$2" "$3" hook >/dev/null 2>&1
