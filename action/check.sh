#!/usr/bin/env bash
# Checks: annotations to the log, Markdown to the summary of the job, and SARIF where it is asked for. It never
# fails by what is found; verdict.sh does.
set -euo pipefail

# Without quotes of their own: what a workflow writes is split at blanks and never run.
read -r -a paths <<< "$CHECK_PATH"
read -r -a options <<< "$CHECK_ARGS"
[ "$ONLINE" != true ] || options+=(--online)

# What a pull request is compared with stands in the event, not in the clone.
revision="${SINCE:-}"
if [ "$revision" = base ]; then
  revision=$(jq -r '.pull_request.base.sha // .before // empty' "$GITHUB_EVENT_PATH")
  if [ -z "$revision" ]; then
    echo "::error title=scholint::this event names nothing to compare with: leave \`since\` empty, or name a revision"
    exit 2
  fi
fi
if [ -n "$revision" ]; then
  if ! git rev-parse --quiet --verify --end-of-options "$revision^{commit}" > /dev/null; then
    git fetch --quiet --no-tags --depth=1 origin "$revision"
    # A branch is fetched under another name.
    git rev-parse --quiet --verify --end-of-options "$revision^{commit}" > /dev/null || revision=$(git rev-parse FETCH_HEAD)
  fi
  options+=(--since "$revision")
fi

report="$RUNNER_TEMP/scholint.md"
json="$RUNNER_TEMP/scholint.json"

# One run for each form; the last forms only read again what is known by then.
run() {
  local code=0
  scholint check "${options[@]}" --fail-on hint "$@" -- "${paths[@]}" || code=$?
  return "$code"
}

code=0
run --output-format github || code=$?
if [ "$code" -eq 2 ]; then
  echo "result=failed" >> "$GITHUB_OUTPUT"
  exit 2
fi
run --quiet --output-format markdown --output "$report" || test $? -eq 1
run --quiet --output-format json --output "$json" || test $? -eq 1
if [ -n "$SARIF" ]; then
  run --quiet --output-format sarif --output "$SARIF" || test $? -eq 1
  echo "sarif=$SARIF" >> "$GITHUB_OUTPUT"
fi

worst=$(jq -r '.summary | if .errors > 0 then "error" elif .warnings > 0 then "warning" elif .hints > 0 then "hint" else "" end' "$json")
{
  echo "worst=$worst"
  echo "report=$report"
  if [ -n "$worst" ]; then echo "result=found"; else echo "result=clean"; fi
} >> "$GITHUB_OUTPUT"
cat "$report" >> "$GITHUB_STEP_SUMMARY"
