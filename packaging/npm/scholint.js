#!/usr/bin/env node
"use strict";
// Starts the program of the package that fits this platform.
const { spawnSync } = require("node:child_process");

const program = process.platform === "win32" ? "scholint.exe" : "scholint";
const name = `@scholint/${process.platform}-${process.arch}`;
let path;
try {
  path = require.resolve(`${name}/${program}`);
} catch {
  console.error(`error: the package ${name} is not there`);
  console.error("help: install without --omit=optional; where there is no such package, `cargo install scholint` builds it");
  process.exit(2);
}
const { status, signal, error } = spawnSync(path, process.argv.slice(2), { stdio: "inherit", windowsHide: true });
if (error) {
  console.error(`error: ${path} cannot be started: ${error.message}`);
  process.exit(2);
}
if (signal) process.kill(process.pid, signal);
process.exit(status ?? 2);
