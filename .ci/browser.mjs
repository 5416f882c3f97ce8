// Opens the HTML report in Chromium and uses it: filters, keys, light and dark, a small window, print.
//
//   node browser.mjs SCHOLINT PLAYWRIGHT FOLDER SHOTS
//
// FOLDER is a site; pictures of the report are left in SHOTS.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [scholint, playwright, site, shots] = process.argv.slice(2).map((each) => resolve(each));
const { chromium } = createRequire(playwright + "/")("playwright-core");
const folder = mkdtempSync(join(tmpdir(), "scholint-report-"));
mkdirSync(shots, { recursive: true });

function report(path, name) {
  const file = join(folder, name);
  const options = ["--output-format", "html", "--output", file, "--min-severity", "hint", "--today", "2026-06-01"];
  const run = spawnSync(scholint, ["check", ...options, "."], { cwd: path, encoding: "utf8" });
  assert.ok(run.status === 0 || run.status === 1, run.stderr);
  return pathToFileURL(file).href;
}

const browser = await chromium.launch({
  executablePath: ["chromium", "google-chrome"].map((name) => `/usr/bin/${name}`).find(existsSync),
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => request.url() === address || faults.push(`asks for ${request.url()}`));
  page.on("dialog", (dialog) => { faults.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(address);
  return { page, faults };
}

const shown = (page) => page.locator(".finding:not([hidden])").count();

try {
  const address = report(site, "report.html");
  const { page, faults } = await open(address, { colorScheme: "light" });
  const all = await shown(page);
  assert.ok(all > 10, `${all} findings`);
  assert.match(await page.locator("#showing").textContent(), new RegExp(`^${all} findings$`));
  await page.screenshot({ path: join(shots, "light.png") });

  // A family, then everything again.
  const family = page.locator(".family").first();
  const number = Number(await family.locator(".number").textContent());
  await family.click();
  assert.equal(await shown(page), number);
  assert.equal(await family.getAttribute("aria-pressed"), "true");
  await page.screenshot({ path: join(shots, "family.png") });
  await page.keyboard.press("Escape");
  assert.equal(await shown(page), all);

  // Severities, by click and by key.
  const errors = await page.locator(".finding.error").count();
  await page.locator(".level.error").click();
  assert.equal(await shown(page), all - errors);
  await page.keyboard.press("1");
  assert.equal(await shown(page), all);

  // Search, by key.
  await page.keyboard.press("/");
  await page.keyboard.type("author/");
  const named = await page.locator(".finding[data-family=author]").count();
  assert.ok(named > 0);
  assert.equal(await shown(page), named);
  await page.keyboard.type("zzzz");
  assert.equal(await shown(page), 0);
  assert.ok(await page.locator("#none").isVisible());
  await page.keyboard.press("Escape");

  // Repairs only.
  await page.locator("#fixable").check();
  assert.equal(await shown(page), await page.locator(".finding[data-fixable]").count());
  await page.keyboard.press("Escape");

  // From finding to finding.
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await page.evaluate(() => document.activeElement.id), "f2");
  await page.keyboard.press("k");
  assert.equal(await page.evaluate(() => document.activeElement.id), "f1");
  await page.screenshot({ path: join(shots, "finding.png") });

  // Light and dark.
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.locator("#theme").click();
  assert.notEqual(await paper(), light);
  await page.locator("#theme").click();
  assert.equal(await paper(), light);
  await page.locator(".keys summary").click();
  assert.ok(await page.locator(".keys dl").isVisible());
  await page.locator(".keys summary").click();

  const wide = (each) => each.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(await wide(page), false, "nothing sticks out");

  const dark = await open(address, { colorScheme: "dark" });
  assert.notEqual(await dark.page.evaluate(() => getComputedStyle(document.body).backgroundColor), light);
  await dark.page.screenshot({ path: join(shots, "dark.png") });

  const phone = await open(address, { viewport: { width: 390, height: 844 } });
  assert.equal(await wide(phone.page), false, "nothing sticks out of a phone");
  await phone.page.screenshot({ path: join(shots, "phone.png") });

  // Without scripts all findings are there, and no filter that would not work.
  const plain = await open(address, { javaScriptEnabled: false });
  assert.equal(await plain.page.locator(".finding:visible").count(), all);
  assert.equal(await plain.page.locator(".filters:visible").count(), 0);

  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".filters").isVisible(), false);
  await page.pdf({ path: join(shots, "print.pdf"), format: "A4" });

  // A page that does its worst runs nothing and breaks nothing.
  const hostile = join(folder, "hostile");
  mkdirSync(hostile);
  const text = `A reseacher <img src=x onerror=alert(1)><script>alert(2)</script></pre></script> teh\n\n`
    + `[x](javascript:alert(3)\n\n[CV](/<script>alert(4)</script>.pdf) and [b](no"onclick="alert(5).pdf)\n`;
  writeFileSync(join(hostile, "index.md"), text);
  writeFileSync(join(hostile, "_config.yml"), "title: A\n");
  const worst = await open(report(hostile, "hostile.html"));
  assert.ok(await shown(worst.page) > 0);
  for (const button of await worst.page.locator("button").all()) await button.click();
  assert.equal(await worst.page.locator("script").count(), 1);
  assert.equal(await worst.page.locator("img, iframe, object, [onclick], [onerror]").count(), 0);
  // Even a script that got in would not run.
  const ran = await worst.page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    return window.ran === true;
  });
  assert.equal(ran, false);
  worst.faults.splice(0, worst.faults.length, ...worst.faults.filter((fault) => !/Content Security Policy/.test(fault)));

  for (const each of [{ faults }, dark, phone, worst]) assert.deepEqual(each.faults, []);
  console.log(`${all} findings: filters, keys, colours, a phone, print and a hostile page are right`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
