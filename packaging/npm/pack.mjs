// Makes the npm packages: one for each platform, which holds the program, and `scholint`, which starts the one
// that fits.
//
//   node pack.mjs VERSION FOLDER TARGET=BINARY…
//
// TARGET is a Rust target. The packages are written to FOLDER, a folder each.
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PLATFORMS = {
  "x86_64-unknown-linux-musl": { os: "linux", cpu: "x64" },
  "aarch64-unknown-linux-musl": { os: "linux", cpu: "arm64" },
  "x86_64-apple-darwin": { os: "darwin", cpu: "x64" },
  "aarch64-apple-darwin": { os: "darwin", cpu: "arm64" },
  "x86_64-pc-windows-msvc": { os: "win32", cpu: "x64" },
};

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const [version, folder, ...binaries] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version ?? "") || !folder || binaries.length === 0) {
  console.error("usage: pack.mjs VERSION FOLDER TARGET=BINARY…");
  process.exit(2);
}

const common = {
  version,
  license: "MIT OR Apache-2.0",
  repository: { type: "git", url: "git+https://github.com/scholint/scholint.git" },
};

function write(name, manifest, files) {
  const into = join(folder, name.replace("@scholint/", ""));
  mkdirSync(into, { recursive: true });
  writeFileSync(join(into, "package.json"), JSON.stringify({ name, ...common, ...manifest }, null, 2) + "\n");
  for (const [to, from] of files) {
    copyFileSync(from, join(into, to));
    if (to.startsWith("scholint")) chmodSync(join(into, to), 0o755);
  }
  for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(root, licence), join(into, licence));
}

const optional = {};
for (const each of binaries) {
  const [target, binary] = each.split("=");
  const platform = PLATFORMS[target];
  if (!platform) {
    console.error(`there is no platform of npm for ${target}`);
    process.exit(2);
  }
  const name = `@scholint/${platform.os}-${platform.cpu}`;
  const program = platform.os === "win32" ? "scholint.exe" : "scholint";
  write(
    name,
    { description: `scholint for ${platform.os} on ${platform.cpu}`, os: [platform.os], cpu: [platform.cpu], preferUnplugged: true },
    [[program, binary]],
  );
  optional[name] = version;
}

write(
  "scholint",
  {
    description: "The linter that academic pages deserve",
    keywords: ["linter", "markdown", "academic", "bibtex", "homepage"],
    bin: { scholint: "scholint.js" },
    engines: { node: ">=18" },
    optionalDependencies: optional,
  },
  [["scholint.js", join(here, "scholint.js")], ["README.md", join(root, "README.md")]],
);
