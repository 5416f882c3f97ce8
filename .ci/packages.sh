#!/usr/bin/env bash
# Builds the Python wheel and the npm packages, installs each in a fresh place, and runs them there.
#
#   packages.sh SCHOLINT TOOLS
set -euo pipefail
cd "$(dirname "$0")/.."
scholint=$(realpath "$1")
tools=$(realpath "$2")
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=$("$scholint" --version | cut -d ' ' -f 2)

# What is installed must find what the example page has, and answer to its name.
try() {
  local code=0 out
  test "$("$1" --version)" = "scholint $version"
  out=$("$1" check --output-format concise fixtures/homepage) || code=$?
  test "$code" -eq 1
  grep -q '\[link/' <<< "$out"
  code=0
  "$1" check nowhere 2> /dev/null || code=$?
  test "$code" -eq 2
}

"$tools/python/bin/maturin" build --quiet --release --compatibility linux --out "$work/wheels"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-index "$work"/wheels/*.whl
try "$work/venv/bin/scholint"
echo "the wheel $(basename "$work"/wheels/*.whl) installs and runs"

target=$(uname -m)-unknown-linux-musl
node packaging/npm/pack.mjs "$version" "$work/packed" "$target=$scholint"
mkdir "$work/archives" "$work/app"
for package in "$work"/packed/*; do
  npm pack --silent --pack-destination "$work/archives" "$package" > /dev/null
done
cd "$work/app"
echo '{"private": true}' > package.json
npm install --silent --offline --no-audit --no-fund "$work"/archives/*.tgz
cd "$root"
try "$work/app/node_modules/.bin/scholint"
rm -r "$work"/app/node_modules/@scholint
code=0
said=$("$work/app/node_modules/.bin/scholint" --version 2>&1) || code=$?
test "$code" -eq 2
grep -q 'help: ' <<< "$said"
echo "the npm packages install and run"

# Completions are read by their shells; the manual by man's reader.
for shell in bash zsh fish; do
  "$scholint" completions "$shell" > "$work/scholint.$shell"
  if command -v "$shell" > /dev/null; then "$shell" -n "$work/scholint.$shell"; fi
done
bash -c ". '$work/scholint.bash'; complete -p scholint" > /dev/null
grep -q 'output-format' "$work/scholint.fish"
"$scholint" man > "$work/scholint.1"
for word in '.TH' 'output\\-format' 'EXPLAIN'; do grep -q -- "$word" "$work/scholint.1"; done
if command -v groff > /dev/null; then
  said=$(groff -man -ww -z "$work/scholint.1" 2>&1)
  test -z "$said"
fi
echo "completions and the manual are well-formed"
