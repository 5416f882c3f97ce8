#!/usr/bin/env bash
# Holds scripts, workflows, the action and the hooks to the rules of those who run them.
#
#   workflows.sh TOOLS
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1/python/bin

shellcheck .ci/run .ci/tools .ci/*.sh action/*.sh docs/*.sh
"$python/check-jsonschema" --builtin-schema vendor.github-workflows .github/workflows/*.yml docs/workflows/*.yml
"$python/check-jsonschema" --builtin-schema vendor.github-actions action.yml
"$python/pre-commit" validate-manifest .pre-commit-hooks.yaml
"$python/zizmor" --offline --quiet --min-severity medium action.yml .github/workflows docs/workflows
