#!/usr/bin/env bash
# Keeps one comment on the pull request: written once, then brought up to date. A token that may not write is no
# reason to fail: pull requests from forks have none.
set -euo pipefail

number=$(jq -r '.pull_request.number // empty' "$GITHUB_EVENT_PATH")
if [ -z "$number" ]; then
  echo "not a pull request: no comment"
  exit 0
fi

call() {
  local method=$1 path=$2
  shift 2
  # The token goes by standard input, where no list of processes shows it.
  curl --fail --silent --show-error --request "$method" --config - "$@" "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/$path" << HEADERS
header = "Authorization: Bearer $TOKEN"
header = "Accept: application/vnd.github+json"
header = "X-GitHub-Api-Version: 2022-11-28"
HEADERS
}

known=""
for page in 1 2 3 4 5; do
  comments=$(call GET "issues/$number/comments?per_page=100&page=$page") || {
    echo "::notice title=scholint::the comments of the pull request cannot be read: give the job \`pull-requests: write\`"
    exit 0
  }
  known=$(jq -r '[.[] | select(.user.type == "Bot" and (.body | startswith("<!-- scholint -->"))) | .id] | first // empty' <<< "$comments")
  if [ -n "$known" ] || [ "$(jq length <<< "$comments")" -lt 100 ]; then
    break
  fi
done

body="$RUNNER_TEMP/scholint-comment.json"
jq --raw-input --slurp '{body: .}' < "$REPORT" > "$body"
if [ -n "$known" ]; then
  call PATCH "issues/comments/$known" --data-binary "@$body" > /dev/null
else
  call POST "issues/$number/comments" --data-binary "@$body" > /dev/null
fi || echo "::notice title=scholint::the comment cannot be written: give the job \`pull-requests: write\`"
