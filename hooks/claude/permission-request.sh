#!/bin/sh
# PermissionRequest: hands Claude's report to claustre and stays for a person's answer. Arguments: node, the hook script, the data directory.
[ -x "$1" ] && [ -r "${2%.cjs}-permission.cjs" ] || exit 0
unset NODE_OPTIONS
# What it prints is the answer; Claude's own dialog is open meanwhile.
exec "$1" --jitless --v8-pool-size=1 "${2%.cjs}-permission.cjs" "$3" 2>/dev/null
