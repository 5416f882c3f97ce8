#!/usr/bin/env bash
# Draws docs/picture.svg from a real run over fixtures/homepage.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --quiet --release --example picture
cargo build --quiet --release
run() {
  echo "$ scholint check fixtures/homepage"
  target/release/scholint check fixtures/homepage --color always || test $? -eq 1
}
run | target/release/examples/picture > docs/picture.svg.new
mv docs/picture.svg.new docs/picture.svg
