#!/usr/bin/env bash
# Fails where something as bad as `fail-on` was found.
set -euo pipefail

rank() {
  case "$1" in
    '') echo 0 ;;
    hint) echo 1 ;;
    warning) echo 2 ;;
    error) echo 3 ;;
    never) echo 4 ;;
    *)
      echo "::error title=scholint::fail-on is hint, warning, error or never" >&2
      return 1
      ;;
  esac
}

limit=$(rank "$FAIL_ON")
found=$(rank "${WORST:-}")
if [ "$found" -ge "$limit" ]; then
  exit 1
fi
