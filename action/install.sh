#!/usr/bin/env bash
# Puts scholint on the PATH: the one that is there, or a release whose checksum is right.
set -euo pipefail

if [ -z "$VERSION" ] && command -v scholint > /dev/null; then
  scholint --version
  exit 0
fi

case "$RUNNER_OS-$RUNNER_ARCH" in
  Linux-X64) target=x86_64-unknown-linux-musl ;;
  Linux-ARM64) target=aarch64-unknown-linux-musl ;;
  macOS-X64) target=x86_64-apple-darwin ;;
  macOS-ARM64) target=aarch64-apple-darwin ;;
  Windows-X64) target=x86_64-pc-windows-msvc ;;
  *)
    echo "::error title=scholint::there is no release for $RUNNER_OS on $RUNNER_ARCH"
    exit 2
    ;;
esac

releases="${SCHOLINT_RELEASES:-https://github.com/scholint/scholint/releases}"
if [ -z "$VERSION" ]; then
  from="$releases/latest/download"
elif [[ "$VERSION" =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]]; then
  from="$releases/download/v$VERSION"
else
  echo "::error title=scholint::a version is written like 0.1.0"
  exit 2
fi

archive="scholint-$target.tar.gz"
folder="$RUNNER_TEMP/scholint-bin"
mkdir -p "$folder"
cd "$folder"
for file in "$archive" "$archive.sha256"; do
  if ! curl --fail --silent --show-error --location --retry 3 --output "$file" "$from/$file"; then
    echo "::error title=scholint::$file cannot be fetched from $from"
    exit 2
  fi
done
wanted=$(cut -d ' ' -f 1 "$archive.sha256")
if command -v sha256sum > /dev/null; then
  actual=$(sha256sum "$archive")
else
  actual=$(shasum -a 256 "$archive")
fi
actual=${actual%% *}
if [ "$wanted" != "$actual" ]; then
  echo "::error title=scholint::$archive is not what was released: its checksum is wrong"
  exit 2
fi
tar -xzf "$archive"
echo "$folder" >> "$GITHUB_PATH"
"$folder/scholint" --version
